"""What the team says and understands, by the command line and through a team file."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run, Tavle
from tests.cli.test_two_homes import sync


def test_templates_are_listed_worded_and_reach_another_home(run: Run, tmp_path: Path) -> None:
    team = tmp_path / "share" / "north.tavle"
    team.parent.mkdir()
    mette, ole = (Tavle(run, tmp_path / name) for name in ("mette", "ole"))
    mette("init", "--team", team, "--name", "North", "--as", "Mette Holm")
    ole("init", "--team", team, "--as", "Ole Dam")
    (accept,) = mette("list", "templates", "--where", "external=da-accept")
    assert (accept["use"], accept["language"], accept["active"]) == ("accept", "da", True)
    assert len(mette("list", "templates", "--where", "use=offer")) == 6
    text = tmp_path / "reply.txt"
    text.write_text("Kære {customer}\n\nVi retter op på det senest {time}.\n\n{supervisor}\n", "utf-8")
    mette("do", "template.set", "da-accept", f"text=@{text}")
    mette("do", "synonym.add", "word=zumpen", "means=afløb")
    sync(ole)
    shown = ole("show", accept["id"])
    assert shown["text"] == text.read_text("utf-8").strip()
    assert [one["decision"] for one in shown["history"]] == ["template.set"]
    assert [one["means"] for one in ole("list", "synonyms")] == ["afløb"]
    ole("do", "template.reset", "da-accept")
    sync(mette)
    assert mette("list", "templates", "--where", "external=da-accept")[0]["text"] == accept["text"]
    why = mette.refused(1, "do", "template.set", "da-accept", "text=Hej {kunde}")
    assert (
        why
        == "text: {kunde} cannot be filled in; what can is {customer} {item} {time} {supervisor} {contact}"
    )


def test_a_file_of_templates_is_checked_and_shared(mette: Tavle, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(
        '[[replies]]\nid = "da-accept"\nlanguage = "da"\nuse = "accept"\ntitle = "Vores"\ntext = "Hej {kunde}"\n',
        "utf-8",
    )
    assert "{kunde} cannot be filled in" in mette.ends("check", file).err
    file.write_text(file.read_text("utf-8").replace("{kunde}", "{customer}"), "utf-8")
    mette("publish", file)
    assert mette("list", "templates", "--where", "external=da-accept")[0]["text"] == "Hej {customer}"


def test_an_agreed_item_is_changed_and_withdrawn(mette: Tavle) -> None:
    item = mette("list", "agreements", "--where", "task=Clean the kitchen")[0]["id"]
    assert mette("do", "agreement.set", item, "frequency=daily")["frequency"] == "daily"
    done = mette("do", "agreement.withdraw", item)
    assert done["withdrawn_on"] == "2026-11-23"
    assert "agree on it anew" in mette.refused(1, "do", "agreement.set", item, "frequency=weekly")
    mette("undo", done["change"])
    assert [one["decision"] for one in mette("show", item)["history"]][-3:] == [
        "agreement.set",
        "agreement.withdraw",
        "undo",
    ]
