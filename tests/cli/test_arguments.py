from __future__ import annotations

import inspect

import pytest

from contentkit.cli.app import all_commands, function_of
from tests.cli.shell import Shell, entry, time_in


@pytest.mark.parametrize(
    ("arguments", "message", "usage"),
    [
        (("queu",), "there is no command 'queu'", "did you mean 'queue'?"),
        (("accounts", "ad"), "there is no command 'accounts ad'", "did you mean 'add'?"),
        (("accounts", "--json", "check"), "accounts: options stand behind 'check'", "contentkit accounts check --help"),
        (("accounts", "add"), "accounts add: missing argument 'NAME'", "Usage: contentkit accounts add [OPTIONS] NAME"),
        (("draft",), "draft: missing argument 'SOURCE...'", "Usage: contentkit draft [OPTIONS] SOURCE..."),
        (("queue", "--nope"), "queue: no such option: --nope", "Usage: contentkit queue [OPTIONS]"),
        (("post", "now"), "post: got unexpected extra argument", "Usage: contentkit post [OPTIONS]"),
        (
            ("draft", "x.md", "--posts", "26"),
            "draft: invalid value for '--posts'",
            "'contentkit draft --help' says more",
        ),
        (("schedule",), "schedule: missing argument 'DRAFT'", "Usage: contentkit schedule [OPTIONS] DRAFT"),
    ],
)
def test_wrong_arguments_exit_2_with_one_message_and_the_usage(
    shell: Shell, arguments: tuple[str, ...], message: str, usage: str
) -> None:
    ran = shell.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"contentkit: {message}")
    assert usage in ran.err
    assert "Error" not in ran.err


def test_without_arguments_the_help_is_shown_and_it_exits_2(shell: Shell) -> None:
    ran = shell.run()
    assert ran.code == 2
    assert "Commands:" in ran.err


def test_the_version_is_told(shell: Shell) -> None:
    from contentkit import __version__

    assert shell.run("--version").out == f"contentkit {__version__}\n"


def test_the_help_lists_every_command_in_the_words_of_its_own_help() -> None:
    told = {name: inspect.getdoc(function_of(name)) or "" for name in all_commands()}
    assert {name: words.splitlines()[0] for name, words in told.items()} == all_commands()


@pytest.mark.parametrize("name", all_commands())
def test_the_help_of_a_command_shows_an_example_within_80_columns(shell: Shell, name: str) -> None:
    ran = shell.run(*name.split(), "--help")
    assert ran.code == 0
    usage, _, help_text = ran.out.partition("\n")
    assert usage.startswith(f"Usage: contentkit {name}")
    assert f"contentkit {name}" in help_text.partition("Options:")[0]
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "<str>" not in ran.out


def test_the_shell_completes_commands_and_options(shell: Shell) -> None:
    script = shell.run(variables={"_CONTENTKIT_COMPLETE": "source_bash"})
    assert "complete -o default -F _contentkit_completion contentkit" in script.out
    asked = {"_CONTENTKIT_COMPLETE": "complete_bash", "COMP_WORDS": "contentkit q", "COMP_CWORD": "1"}
    assert shell.run(variables=asked).out.split() == ["queue"]
    asked = {"_CONTENTKIT_COMPLETE": "complete_bash", "COMP_WORDS": "contentkit queue --", "COMP_CWORD": "2"}
    assert {"--all", "--json"} <= set(shell.run(variables=asked).out.split())
    asked = {"_CONTENTKIT_COMPLETE": "complete_bash", "COMP_WORDS": "contentkit accounts ch", "COMP_CWORD": "2"}
    assert shell.run(variables=asked).out.split() == ["check"]
    asked = {"_CONTENTKIT_COMPLETE": "complete_bash", "COMP_WORDS": "contentkit accounts add --", "COMP_CWORD": "3"}
    assert {"--platform", "--server"} <= set(shell.run(variables=asked).out.split())


def test_a_command_works_from_any_folder_of_the_project_and_with_a_folder_named(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    within = shell.at(shell.project / "notes").run("queue", "--json").json
    named = shell.at(shell.home).run("-C", "project", "queue", "--json").json
    assert [row["entry"] for row in within] == [row["entry"] for row in named] == ["launch"]


def test_drafts_are_named_by_path_from_here_by_path_from_the_root_and_by_slug(shell: Shell) -> None:
    (shell.home / "link").symlink_to(shell.project)
    absolute = [str(folder / "drafts/launch.md") for folder in (shell.project, shell.home / "link")]
    for name in ("../drafts/launch.md", "drafts/launch.md", "launch", *absolute):
        shown = shell.at(shell.project / "notes").run("schedule", name, "--at", "in 2 hours")
        assert (shown.code, shown.err.splitlines()[-1].startswith("Next: contentkit approve launch")) == (0, True)
    assert (shell.project / "calendar.yaml").read_text().count("draft: drafts/launch.md\n") == 5


@pytest.mark.parametrize("command", ["queue", "check", "status", "post", "ingest notes.md", "approve launch", "stop"])
def test_outside_of_a_project_a_command_says_how_to_start_one(shell: Shell, command: str) -> None:
    ran = shell.at(shell.home).run(*command.split())
    assert ran.code == 2
    assert (
        ran.err
        == "contentkit: no contentkit.toml here or in a folder above\n  start a project with 'contentkit init'\n"
    )
    assert {path.name for path in shell.home.iterdir()} == {"project"}


def test_a_folder_that_is_not_there_is_a_usage_error(shell: Shell) -> None:
    ran = shell.run("-C", "nowhere", "queue")
    assert ran.code == 2
    assert ran.err.startswith("contentkit: nowhere: No such file or directory")
