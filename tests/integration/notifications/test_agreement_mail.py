"""Mail about agreements: to those whose signature is waited for, then to all who signed, once per version."""

from contracts.pairing import AgreementOffered, AgreementSigned


def test_each_version_asks_the_others_once_and_tells_all_who_signed(notifications, sink, cast):
    about = {"pairing_id": cast.pairing, "programme_id": cast.programme}
    notifications.hear(*cast.introduction)
    for number in (1, 2):
        sink.taken.clear()
        asked = notifications.delivery(AgreementOffered(**about, number=number, signed_by=cast.sigga, asked=(cast.niamh,)))
        notifications.apply([asked])
        notifications.apply([asked])
        notifications.hear(AgreementSigned(**about, number=number, signed_by=(cast.sigga, cast.niamh)))
        notifications.tick()
        assert [mail["Subject"] for mail in sink.to("niamh@example.org")] == [
            "An agreement waits for your signature", "Everybody signed your agreement",
        ]  # fmt: skip
        assert len(sink.to("sigga@example.org")) == 1
        body = sink.taken[0].get_body(("plain",)).get_content()
        assert f"https://firda.example.org/pairing/pairings/{cast.pairing}/agreement" in body and "Autumn 2026" in body
