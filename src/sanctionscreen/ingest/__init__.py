"""From files, frames and records to shipment lines: what a cell means, what is absent, what cannot be read."""

from sanctionscreen.ingest.chunks import Chunk
from sanctionscreen.ingest.columns import ReadColumns, read_columns
from sanctionscreen.ingest.frame_columns import read_frame_columns
from sanctionscreen.ingest.habits import Habits, find_habits
from sanctionscreen.ingest.headers import HeaderMap, map_headers
from sanctionscreen.ingest.inputs import find_inputs, name_results
from sanctionscreen.ingest.lines import Record, read_line, read_lines
from sanctionscreen.ingest.tables import Table, open_table

__all__ = [
    "Chunk",
    "Habits",
    "HeaderMap",
    "ReadColumns",
    "Record",
    "Table",
    "find_habits",
    "find_inputs",
    "map_headers",
    "name_results",
    "open_table",
    "read_columns",
    "read_frame_columns",
    "read_line",
    "read_lines",
]
