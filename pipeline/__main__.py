"""The command line: `python -m pipeline VERB`. `make help` lists the same verbs."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pipeline.errors import UserError
from pipeline.languages.known import DEFAULT, languages
from pipeline.run.places import CODE


def _data_root() -> Path:
    return Path(os.environ.get("EVALUATION_ROOT", CODE)).resolve()


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--study", default="medan-pendidikan", show_default=True, help="Folder name under studies/."),
        click.option("--edition", default="latest", show_default=True, help="Year of the edition."),
        click.option("--lang", default=DEFAULT, show_default=True, help=f"Language: {', '.join(languages())} or all."),
        click.option(
            "--engine",
            default="auto",
            show_default=True,
            type=click.Choice(["auto", "quarto", "embedded"]),
            help="Renderer; auto takes Quarto where it is installed and new enough.",
        ),
        click.option("--blind", is_flag=True, help="Deal participation out anew, to review before the effect is seen."),
    ):
        command = option(command)
    return command


def _request(study: str, edition: str, lang: str, engine: str, blind: bool) -> Any:
    from pipeline.run.build import Request

    return Request(study=study, edition=edition, lang=lang, engine=engine, root=_data_root(), blind=blind)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Evaluation reports, from raw files to HTML, PDF and DOCX.

    Data and studies lie in this repository, or in the folder that the environment variable EVALUATION_ROOT names.
    """


@cli.command()
@_options
def report(study: str, edition: str, lang: str, engine: str, blind: bool) -> None:
    """Make the report of a study's edition, redoing only what is out of date."""
    from pipeline.compare.report import make_compared

    make_compared(_request(study, edition, lang, engine, blind), lambda text: click.echo(text, err=True))


@cli.command()
@click.argument("name")
@_options
def step(name: str, study: str, edition: str, lang: str, engine: str, blind: bool) -> None:
    """Execute one step, such as 03_effects or 08_report-id."""
    from pipeline.run.build import run_one_step

    run_one_step(_request(study, edition, lang, engine, blind), name)


@cli.command("demo-data")
@click.option(
    "--study",
    default="all",
    show_default=True,
    type=click.Choice(["all", "medan-pendidikan", "medan-puskesmas"]),
    help="Whose data to write.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write the study's folders into."
)
@click.option("--variant", default="standard", show_default=True, help="Which truth the data follow.")
@click.option("--size", default="full", show_default=True, type=click.Choice(["full", "small"]))
def demo_data(study: str, out: Path | None, variant: str, size: str) -> None:
    """Write the seeded data of the demonstration studies; variant and size are those of medan-pendidikan."""
    from pipeline.demo.generate import generate
    from pipeline.demo.health import generate_health

    root = out or _data_root() / "data" / "raw"
    committed = out is None and (variant, size) == ("standard", "full")
    truth = CODE / "tests" / "demo" / "truth" if committed else None
    if study in ("all", "medan-pendidikan"):
        folder = generate(root / "medan-pendidikan", variant=variant, size=size, truth_dir=truth)
        click.echo(f"Demonstration data ({variant}, {size}): {folder}")
    if study in ("all", "medan-puskesmas"):
        click.echo(f"Demonstration data: {generate_health(root / 'medan-puskesmas', truth_dir=truth)}")


@cli.command()
@_options
def check(study: str, edition: str, lang: str, engine: str, blind: bool) -> None:
    """Say what study and files are understood to say, before anything is estimated; status 1 where you must decide."""
    from pipeline.check.run import check
    from pipeline.run.build import make_target

    if not check(make_target(_request(study, edition, lang, engine, blind))):
        sys.exit(1)


@cli.command()
@click.option("--study", required=True, help="Name of the new study: small letters, digits, hyphens.")
@click.option(
    "--file", "file", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The office's file."
)
@click.option("--edition", default="", help="Year of the edition; the file's last one where not given.")
@click.option("--yes", is_flag=True, help="Take every guess without asking.")
def new(study: str, file: Path, edition: str, yes: bool) -> None:
    """Write a study file from an office's own panel: each column is guessed, each guess is shown and asked about."""
    from pipeline.check.run import check
    from pipeline.errors import StudyError
    from pipeline.run.build import make_target
    from pipeline.start.new import new_study

    def ask(words: str, default: str | None, why: str) -> str:
        if yes:
            if default is None:
                raise StudyError(
                    f"Nothing could be guessed for: {words}.",
                    where=str(file),
                    expected=f"a column that can be told from the file; here {why}",
                    todo="Correct the file, or run it without YES=1 and name the column.",
                )
            click.echo(f"{words}: {default} ({why})")
            return default
        return str(click.prompt(f"{words} ({why})", default=default))

    try:
        path = new_study(study, file, _data_root(), ask, "" if edition == "latest" else edition)
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nStopped before the last answer: nothing was written. YES=1 takes every guess.", err=True)
        sys.exit(130)
    click.echo(f"Wrote {path.relative_to(_data_root())}")
    if not check(make_target(_request(study, edition or "latest", DEFAULT, "auto", False))):
        sys.exit(1)


@cli.command()
@_options
def why(study: str, edition: str, lang: str, engine: str, blind: bool) -> None:
    """Say in words what is out of date, and because of what."""
    from pipeline.run.why import why

    click.echo("\n".join(why(_request(study, edition, lang, engine, blind))))


@cli.command("plan-run")
@_options
def plan_run(study: str, edition: str, lang: str, engine: str, blind: bool) -> None:
    """Show which steps a run would execute."""
    from pipeline.run.why import plan_run

    click.echo("\n".join(plan_run(_request(study, edition, lang, engine, blind))))


@cli.command()
@click.option("--certificate", type=click.Path(path_type=Path, dir_okay=False), help="Check this certificate instead.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the certificate.")
@click.option("--sign", type=click.Path(path_type=Path, dir_okay=False), help="Sign with this Ed25519 key (PEM).")
@click.option("--public-key", type=click.Path(path_type=Path, dir_okay=False), help="Check the signature (PEM).")
@_options
def verify(
    certificate: Path | None, out: Path | None, sign: Path | None, public_key: Path | None, **asked: Any
) -> None:
    """Make the report twice from nothing, compare every byte, and certify what was made from what."""
    from pipeline.run.verify import verify_certificate, verify_report

    if certificate is not None:
        verify_certificate(certificate, _data_root(), public_key)
    else:
        verify_report(_request(**asked), out, sign)


@cli.command()
@click.option("--with", "earlier", default="", help="Year of the earlier edition; the last published where not given.")
@_options
def compare(earlier: str, **asked: Any) -> None:
    """Say what differs between an edition and an earlier one, and what each difference comes from."""
    from pipeline.compare.run import compare

    request = _request(**asked)
    for path in compare(request, earlier):
        click.echo(str(path.relative_to(request.root)))


@cli.command()
@click.option("--file", "file", type=click.Path(path_type=Path, dir_okay=False), help="A returned DOCX, or a sheet.")
@_options
def review(file: Path | None, study: str, edition: str, lang: str, engine: str, blind: bool) -> None:
    """Gather a returned file's remarks into the edition's list; without a file write an empty sheet and show the list."""
    from pipeline.review.run import review
    from pipeline.run.build import make_target

    target = make_target(_request(study, edition, lang, engine, blind))
    path = review(target, target.languages[0], file, click.echo)
    click.echo(f"The list: {path.relative_to(_data_root())}" + ("" if path.is_file() else " (not yet there)"))


@cli.command()
@_options
def audit(study: str, edition: str, lang: str, engine: str, blind: bool) -> None:
    """Attack the report made last, as a reader of all published files would; stop where a person or unit is found."""
    from pipeline.run.build import make_audit

    make_audit(_request(study, edition, lang, engine, blind))


@cli.command()
@click.option("--study", default="medan-pendidikan", show_default=True, help="Folder name under studies/.")
@click.option("--edition", default="latest", show_default=True, help="Year of the edition.")
def package(study: str, edition: str) -> None:
    """Write the replication package of a published report: one archive that makes it again, byte for byte."""
    from pipeline.package.make import make_package

    def tell(text: str) -> None:
        click.echo(text, err=True)

    made = make_package(_request(study, edition, "all", "auto", False), tell)
    click.echo(f"Replication package: {made.relative_to(_data_root())} ({made.stat().st_size / 1e6:.1f} MB)")


@cli.command()
@click.option("--lang", default=DEFAULT, show_default=True, help=f"Language: {', '.join(languages())} or all.")
@click.option("--engine", default="auto", show_default=True, type=click.Choice(["auto", "quarto", "embedded"]))
@click.option("--short", is_flag=True, help="Few replications and estimators, as in the tests.")
def validate(lang: str, engine: str, short: bool) -> None:
    """Check the methods: published tables, independent implementations, Monte Carlo experiments."""
    from pipeline.validation.run import make_validation

    make_validation(_data_root(), lang, engine, short=short)


@cli.command()
@click.option("--studies", default="", help="Names of studies, apart by blanks.")
@click.option("--file", "file", type=click.Path(path_type=Path, dir_okay=False), help="One panel of all places.")
@click.option("--column", default="", help="Its column that names the place of each row.")
@click.option("--study", "template", default="", help="The study that each place's is made from.")
@click.option("--fleet", "name", default="", help="Name of the page's folder under reports/fleet/.")
@click.option("--edition", default="latest", show_default=True, help="Year of the edition.")
@click.option("--lang", default=DEFAULT, show_default=True, help=f"Language: {', '.join(languages())} or all.")
@click.option("--engine", default="auto", show_default=True, type=click.Choice(["auto", "quarto", "embedded"]))
@click.option("--workers", default=0, type=click.IntRange(0), help="Workers on this machine; one a core without it.")
@click.option("--cluster", type=click.Path(path_type=Path, dir_okay=False), help="File on jobs of Slurm or PBS.")
@click.option("--job-script", is_flag=True, help="Show the job that --cluster would submit, and do nothing else.")
@click.option("--scheduler", default="", envvar="EVALUATION_SCHEDULER", help="Address of a standing Dask scheduler.")
def fleet(**asked: Any) -> None:
    """Make the reports of many studies on many workers, and a page over all of them; status 1 where one has none."""
    from pipeline.fleet.verb import fleet_verb

    if not fleet_verb(_data_root(), **asked):
        sys.exit(1)


@cli.command()
@click.option("--study", default="medan-pendidikan", show_default=True, help="Folder name under studies/.")
@click.option("--reason", default="", help="Why a plan that was frozen before is revised; later reports print it.")
def plan(study: str, reason: str) -> None:
    """Freeze the study's primary choices with a hash and today's date."""
    import datetime as dt

    from pipeline.plan import freeze
    from pipeline.study import load_study

    root = _data_root()
    frozen = freeze(load_study(study, root), dt.datetime.now(tz=dt.UTC).date(), root, reason)
    click.echo(f"Frozen on {frozen.date}: {len(frozen.choices)} choices, hash {frozen.digest}")
    click.echo(f"Keep it under version control: studies/{study}/plan.json")


@cli.command()
@click.option("--study", default="medan-pendidikan", show_default=True, help="Folder name under studies/.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write into.")
@click.option(
    "--batches", type=click.Path(path_type=Path, dir_okay=False), help="CSV with the columns batch and forms."
)
def questionnaire(study: str, out: Path | None, batches: Path | None) -> None:
    """Write the survey from the item bank: XLSForm, paper forms, random assignment, tokens."""
    from pipeline.questionnaire.run import make_questionnaire

    for path in make_questionnaire(study, _data_root(), out, batches):
        click.echo(str(path))


@cli.command()
def clean() -> None:
    """Remove build/ and data/processed/; raw data and reports stay."""
    from pipeline.run.clean import clean_made

    clean_made(_data_root())


@cli.command("conda-env")
def conda_env() -> None:
    """Write environment.yml with the versions of requirements.lock."""
    from pipeline.conda import write_environment

    click.echo(f"Wrote {write_environment(CODE)}")


def main() -> None:
    """Run the command line; a user's mistake ends with its message and status 1, an interrupt with status 130."""
    # a run makes some million small things: to look for rings after each 700 is too often
    gc.set_threshold(100_000, 50, 50)
    try:
        cli.main(prog_name="python -m pipeline", standalone_mode=False)
    except UserError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo(
            "Stopped. The last good report is as it was; the same command goes on from the last finished step.",
            err=True,
        )
        sys.exit(130)
    finally:
        gc.freeze()  # nobody waits while the interpreter looks through all that the command has made, to free it


if __name__ == "__main__":
    main()
