"""The pictures of a claim as its officer sees them: with what is to be known beside each."""

from dataclasses import dataclass

from claims.models import Document


@dataclass(frozen=True, slots=True)
class Paper:
    document: Document
    # Titles of this claim's other papers for which the very same picture stands.
    shared_with: list[str]

    @property
    def mark(self) -> str:
        return f"همان تصویرِ {self.names}" if self.shared_with else ""

    @property
    def advice(self) -> str:
        shared = [f"همین تصویر برای {self.names} هم آمده است."] if self.shared_with else []
        return " ".join([*shared, *self.document.advice_sentences])

    @property
    def names(self) -> str:
        return " و ".join(f"«{title}»" for title in self.shared_with)


def papers_of(documents: list[Document]) -> list[Paper]:
    return [
        Paper(
            one,
            [str(other) for other in documents if other.source_sha256 == one.source_sha256 and other != one],
        )
        for one in documents
    ]
