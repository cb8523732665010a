"""The whole program:

    fetch    settings | plan days | ask source | merge | content/listings
             notes on papers that are in no listing | ask arXiv or the DOI's registry | content/listings
    import   saved file | parse | merge | content/listings
             weekly list | items | join with the catalogue | content/notes
             keywords | topics | mkdocs.yml
    encode   content/listings | encoder | content/vectors, which fetch and import do as well
    pages    content | catalogue | digest of each day | Markdown | build/docs
    build    content | catalogue | digests of stale days | Markdown | MkDocs | search index | build/stage | site
    review   a stranger's commit | git | its notes | content | problems | a report
    search   a query | the index in site/ | papers
    serve    content | catalogue | the page a browser asks for | MkDocs

Only this package composes the stages; it holds no logic of theirs. A failed source or a bad file is a result that
is reported and passed over; only bad settings and templates stop a run.
"""

from generator.pipeline.building import Built, Wishes, build, write_pages
from generator.pipeline.checking import Checked, NotePreview, find_problems
from generator.pipeline.encoding import Encoded, EncodeEvent, ToEncode, encode, encode_new
from generator.pipeline.events import Asked, Fetched, Unshown, Waiting
from generator.pipeline.fetching import FetchEvent, Wanted, fetch
from generator.pipeline.importing import ALL_FORMS, FORMS_IN_WORDS, Imported, guess_form, import_file
from generator.pipeline.importing_notes import ImportedNotes, import_notes
from generator.pipeline.importing_topics import ImportedTopics, import_topics
from generator.pipeline.noting import NewNote, new_note
from generator.pipeline.previewing import Preview, preview
from generator.pipeline.resolving import WaitingNote
from generator.pipeline.review_report import write_report
from generator.pipeline.reviewing import Review, review
from generator.pipeline.searching import Answer, Hit, search
from generator.pipeline.standing import Shortfall, SourceStatus, last_build, shortfall, status

__all__ = [
    "ALL_FORMS",
    "FORMS_IN_WORDS",
    "Answer",
    "Asked",
    "Built",
    "Checked",
    "EncodeEvent",
    "Encoded",
    "FetchEvent",
    "Fetched",
    "Hit",
    "Imported",
    "ImportedNotes",
    "ImportedTopics",
    "NewNote",
    "NotePreview",
    "Preview",
    "Review",
    "Shortfall",
    "SourceStatus",
    "ToEncode",
    "Unshown",
    "Waiting",
    "WaitingNote",
    "Wanted",
    "Wishes",
    "build",
    "encode",
    "encode_new",
    "fetch",
    "find_problems",
    "guess_form",
    "import_file",
    "import_notes",
    "import_topics",
    "last_build",
    "new_note",
    "preview",
    "review",
    "search",
    "shortfall",
    "status",
    "write_pages",
    "write_report",
]
