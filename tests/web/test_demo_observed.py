"""The real policy of the demo: from documents with sources, without persons, nothing filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.policy.conftest import Cast
from timbang.law.yaml_file import YamlError
from timbang.policy import addresses, gathering
from timbang.web.demo.policy import OBSERVED, observe, read_observed

AT = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def test_every_document_has_its_source_and_lies_before_the_day_it_was_read() -> None:
    told = read_observed()
    assert len(told.papers) >= 6
    for paper in told.papers:
        assert paper.url.startswith("https://"), paper.title
        assert paper.source, paper.title
        assert paper.says, paper.title
        assert paper.read_on is not None
        assert paper.issued_on is None or paper.issued_on < paper.read_on
    assert any(paper.issued_on is None for paper in told.papers)


def test_a_key_that_is_not_known_stops_the_file(tmp_path: Path) -> None:
    broken = OBSERVED.read_text("utf-8").replace("issuer:", "isuer:", 1)
    path = tmp_path / "broken.yaml"
    path.write_text(broken, "utf-8")
    with pytest.raises(YamlError, match="isuer"):
        read_observed(path)


def test_the_dossier_is_public_and_claims_no_path_that_nobody_looked_for(cast: Cast) -> None:
    dossier = observe(by=cast.watcher, at=AT)
    assert dossier.is_public
    facts = gathering.facts_of(dossier)
    assert (facts.studied_first, facts.decided_by, facts.ground) == (None, None, None)
    assert facts.first("legal_basis") is True
    assert dossier.path == "unknown"
    address = reverse("dockets:docket", args=[addresses.slug_of(dossier.number)])
    page = Client().get(address).content.decode()
    assert "Makan Bergizi Gratis" in page
    assert "day not known" in page or "belum diketahui" in page
