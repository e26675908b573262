"""What a bureau may set about drafts that are handed in."""

from pydantic import BaseModel, ConfigDict, Field

from storage.vocabulary import DraftKind


class DuplicatePolicy(BaseModel):
    """From where on two drafts count as nearly the same, and how far back is looked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shared_from: float = Field(
        default=0.4,
        gt=0,
        le=1,
        description="share of pairs of characters, of those in either, from which two are alike",
    )
    contained_from: float = Field(
        default=0.45,
        gt=0,
        le=1,
        description="share of the shorter text that the longer one holds, from which they are",
    )
    look_back_days: int = Field(default=730, ge=1, description="how many days back is looked")
    shown: int = Field(default=3, ge=1, le=8, description="how many are named to the author")


class NamedLeader(BaseModel):
    """A leader of a bureau, by name, with all titles that he may be given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=2)
    titles: tuple[str, ...] = Field(min_length=1)


class ProofPolicy(BaseModel):
    """What the machine's proof goes by; its lists of words are added to those that ship."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title_limit: int = Field(default=30, ge=5, description="characters a title should not exceed")
    lengths: dict[DraftKind, tuple[int, int]] = Field(
        default_factory=lambda: {
            DraftKind.DYNAMIC: (50, 1000),
            DraftKind.PRACTICE: (500, 3000),
            DraftKind.RESEARCH: (1000, 5000),
            DraftKind.PROBLEM: (150, 1500),
            DraftKind.PUBLIC_FEEDBACK: (100, 1000),
            DraftKind.EMERGENCY: (30, 500),
            DraftKind.PARTY_BUILDING: (50, 1200),
        },
        description="characters that a text of a kind should have: from, to (0: no end)",
    )
    leaders: dict[str, tuple[NamedLeader, ...]] = Field(
        default_factory=dict, description="leaders of a bureau in their order, by its name"
    )
    slips: dict[str, str] = Field(
        default_factory=dict, description="more slips: the wrong word, and the right one"
    )
    sensitive: dict[str, str] = Field(
        default_factory=dict, description="more sensitive words, and what to write instead"
    )
    shown: int = Field(default=6, ge=1, le=20, description="how many findings the answer names")
