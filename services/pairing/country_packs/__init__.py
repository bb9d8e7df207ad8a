"""Country packs: what the rules of each country say about age, consent and vetting, as dated data with its sources."""
