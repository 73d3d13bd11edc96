"""How much the server holds of what visitors upload: by session and in all, arriving ones too."""

from types import SimpleNamespace

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from geo.pages.shared import uploads
from geo.pages.shared.uploads import ENDPOINT, Uploads

MB = 1 << 20


@pytest.fixture
def held(monkeypatch):
    """What Streamlit holds; the limits here are 1 MB a file, 3 a session and 5 in all."""
    for name, most in (("UPLOAD_MB", 1), ("UPLOADS_OF_SESSION_MB", 3), ("UPLOADS_MB", 5)):
        monkeypatch.setattr(uploads, name, most)
    files = MemoryUploadedFileManager(ENDPOINT)
    monkeypatch.setattr(uploads, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=files))
    return files


def put(session, method="PUT", path="/demo{}{}/file-id"):
    return {"method": method, "path": path.format(ENDPOINT, session)}


def keep(files, session, number):
    for one in range(number):
        files.add_file(session, UploadedFileRec(str(one), "a.csv", "text/csv", bytes(MB)))


def refused(counted, session, **more):
    with counted.taking(put(session, **more)) as answer:
        return answer and answer.status_code


def test_a_session_holds_so_much_and_then_no_more(held):
    keep(held, "one", 2)
    assert refused(Uploads(), "one") is None
    keep(held, "one", 3)
    assert refused(Uploads(), "one") == 413
    assert refused(Uploads(), "other") is None
    held.remove_session_files("one")
    assert refused(Uploads(), "one") is None


def test_all_sessions_together_hold_so_much(held):
    for session in "abcde":
        keep(held, session, 1)
    assert refused(Uploads(), "f") == 503


def test_what_is_arriving_counts_until_it_is_there_or_given_up(held):
    counted = Uploads()
    with counted.taking(put("one")), counted.taking(put("one")), counted.taking(put("one")):
        assert refused(counted, "one") == 413
        with counted.taking(put("b")), counted.taking(put("c")):
            assert refused(counted, "d") == 503
    with pytest.raises(ConnectionError), counted.taking(put("one")):
        raise ConnectionError
    assert refused(counted, "one") is None


@pytest.mark.parametrize("more", [{"method": "DELETE"}, {"method": "GET"}, {"path": "/data"}])
def test_what_is_no_upload_is_let_through(more, held):
    keep(held, "one", 5)
    assert refused(Uploads(), "one", **more) is None
