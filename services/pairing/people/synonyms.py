"""What lists of people call our columns in English, Dutch, Spanish, Portuguese and Icelandic; written in lower case."""

SYNONYMS = {
    "email": (
        "e mail", "mail", "email address", "e mail address", "e mailadres", "emailadres", "mailadres", "correo", "correo electrónico",
        "dirección de correo", "correio eletrónico", "endereço de email", "endereço eletrónico", "netfang", "tölvupóstfang", "tölvupóstur",
    ),
    "given_name": (
        "first name", "forename", "name", "voornaam", "roepnaam", "naam", "nombre", "nombre de pila", "nome", "nome próprio",
        "primeiro nome", "nafn", "eiginnafn", "fornafn", "skírnarnafn",
    ),
    "family_name": (
        "last name", "surname", "family name", "achternaam", "familienaam", "apellido", "apellidos", "apelido", "apelidos", "sobrenome",
        "último nome", "eftirnafn", "kenninafn", "föðurnafn", "ættarnafn",
    ),
    "country": ("land", "país", "pais"),
    "city": (
        "town", "place", "place of residence", "home town", "plaats", "woonplaats", "stad", "ciudad", "localidad", "población", "cidade",
        "localidade", "bær", "borg", "staður", "sveitarfélag", "búseta",
    ),
    "time_zone": ("timezone", "tijdzone", "zona horaria", "huso horario", "fuso horário", "tímabelti"),
    "languages": ("language", "spoken languages", "talen", "taal", "idiomas", "idioma", "lenguas", "línguas", "língua", "tungumál", "mál"),
    "format": (
        "way to meet", "meeting format", "online or in person", "vorm", "online of fysiek", "manier van afspreken", "formato", "modalidad",
        "modalidade", "form", "fyrirkomulag",
    ),
    "availability": (
        "available", "free time", "free times", "when free", "beschikbaarheid", "beschikbaar", "disponibilidad", "horario",
        "disponibilidade", "horário", "lausir tímar", "laus", "framboð tíma",
    ),
    "wishes": (
        "wish", "preferences", "preferred", "wens", "wensen", "voorkeur", "voorkeuren", "deseos", "preferencias", "desejos", "preferências",
        "óskir", "ósk",
    ),
    "not_with": (
        "not with", "exclusions", "never with", "keep apart", "niet met", "niet koppelen met", "uitsluitingen", "no con", "exclusiones",
        "no emparejar con", "não com", "exclusões", "ekki með", "útilokanir",
    ),
    "family": ("same family", "household", "familie", "gezin", "familia", "família", "fjölskylda"),
    "joined_on": (
        "joined", "date joined", "waiting since", "registered on", "aangemeld op", "aanmelddatum", "wacht sinds", "fecha de inscripción",
        "fecha de alta", "data de inscrição", "skráð", "skráningardagur",
    ),
    "birth_date": (
        "born", "date of birth", "birthday", "birthdate", "dob", "geboortedatum", "geboren", "geboren op", "fecha de nacimiento",
        "nacimiento", "data de nascimento", "nascimento", "fæðingardagur", "fæðingardagsetning", "fædd",
    ),
    "organisation": (
        "organization", "company", "employer", "school", "organisatie", "bedrijf", "werkgever", "organización", "empresa", "organização",
        "entidade", "stofnun", "fyrirtæki", "vinnustaður",
    ),
    "expertise": (
        "fields of expertise", "knows about", "specialisms", "deskundigheid", "vakgebied", "vakgebieden", "especialidad", "especialidades",
        "áreas de especialidad", "áreas de especialização", "especialização", "sérþekking", "sérsvið",
    ),
    "capacity": (
        "places", "number of mentees", "mentees at most", "capaciteit", "plaatsen", "aantal mentees", "capacidad", "plazas",
        "número de mentees", "capacidade", "vagas", "fjöldi", "fjöldi skjólstæðinga", "pláss",
    ),
    "models": ("model", "ways of mentoring", "modellen", "vormen van mentoring", "modelos", "modelo", "líkön", "líkan", "leiðir"),
    "goals": ("helps with", "goals helped with", "doelen", "helpt bij", "objetivos", "ayuda con", "ajuda com", "markmið"),
    "pupils": ("own pupils", "students", "eigen leerlingen", "leerlingen", "alumnas", "alumnos", "alunas", "alunos", "nemendur"),
    "vetting_type": (
        "vetting", "background check", "type of check", "screening", "vog", "soort screening", "certificado", "tipo de certificado",
        "tipo de verificação", "registo criminal", "bakgrunnsathugun", "tegund athugunar",
    ),
    "vetting_issued": (
        "vetting date", "check date", "vog datum", "datum vog", "afgegeven op", "fecha del certificado", "data do certificado",
        "dagsetning athugunar",
    ),
    "vetting_expires": (
        "vetting expiry", "valid until", "vog geldig tot", "geldig tot", "válido hasta", "caducidad", "válido até", "validade",
        "gildir til", "gildistími",
    ),
    "vetting_result": ("vetting outcome", "uitslag", "uitslag screening", "resultado", "niðurstaða"),
    "data_protection_training": (
        "gdpr training", "data protection training", "privacy training", "avg training", "privacytraining", "formación rgpd",
        "formación en protección de datos", "formação rgpd", "formação em proteção de dados", "persónuverndarnámskeið",
    ),
    "interests": (
        "interest", "fields of interest", "interesses", "interessegebieden", "intereses", "áreas de interés", "áhugamál", "áhugasvið",
    ),
    "career_goal": (
        "goal", "career goal", "loopbaandoel", "doel", "objetivo", "objetivo profesional", "objetivo profissional", "starfsmarkmið",
    ),
    "learning_style": ("style of learning", "leerstijl", "estilo de aprendizaje", "estilo de aprendizagem", "námsstíll"),
    "experience_level": (
        "level", "experience", "niveau", "ervaring", "ervaringsniveau", "nivel", "experiencia", "nível", "experiência", "reynsla",
    ),
    "needs": ("need", "needs most", "behoefte", "behoeften", "necesidades", "necesidad", "necessidades", "þarfir"),
    "guardian_name": (
        "guardian", "parent", "name of guardian", "parent name", "ouder", "naam ouder", "naam voogd", "ouder of voogd", "tutor", "tutora",
        "nombre del tutor", "madre o padre", "encarregado de educação", "nome do encarregado", "forráðamaður", "nafn forráðamanns",
        "foreldri",
    ),
    "guardian_email": (
        "email of guardian", "parent email", "guardian e mail", "e mail ouder", "e mailadres ouder", "e mailadres voogd", "email ouder",
        "e mail voogd", "correo del tutor", "correo de la tutora", "correo de la madre o el padre", "email do encarregado",
        "email do encarregado de educação", "netfang forráðamanns", "netfang foreldris",
    ),
    "guardian_permission": (
        "permission", "permission date", "parental permission", "toestemming", "toestemming ouder", "datum toestemming", "autorización",
        "fecha de autorización", "permiso", "autorização", "data da autorização", "leyfi", "leyfi forráðamanns",
    ),
    "motivation": (
        "why", "in her own words", "motivatie", "waarom", "motivación", "por qué", "motivação", "porquê", "hvatning", "ástæða",
        "hvers vegna",
    ),
}  # fmt: skip
"""Our column → its other names; accents, capitals and punctuation do not matter."""
