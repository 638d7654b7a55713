"""Sessions: ids, cookies, how they end."""


from sqlalchemy import select

from models.people import WebSession


def rows(sessions):
    with sessions() as database:
        return database.scalars(select(WebSession)).all()


def test_a_signed_in_person_sees_the_account(client_for, people) -> None:
    answer = client_for(people.citra).get("/account")
    assert answer.status_code == 200
    assert "Citra Lestari" in answer.text
    assert "sesi ini" in answer.text
