"""The keys that an installation makes for itself at its first start, and where they lie."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from app import config


def test_the_push_key_is_made_once_beside_the_master_key(tmp_path):
    data, safe = tmp_path / "data", tmp_path / "safe"
    safe.mkdir()
    env = {"DATA_DIR": str(data), "SHOUWANG_KEY_FILE": str(safe / "master.key")}
    first = config.settings(env)["VAPID_KEY"]
    assert (safe / "vapid.pem").read_bytes() == first == config.settings(env)["VAPID_KEY"]
    assert load_pem_private_key(first, None).curve.name == "secp256r1"
    assert not (data / "vapid.pem").exists()


def test_it_lies_in_the_data_folder_where_the_master_key_has_no_file(tmp_path):
    env = {"DATA_DIR": str(tmp_path), "SHOUWANG_KEY": "k" * 32}
    assert config.settings(env)["VAPID_KEY"] == (tmp_path / "vapid.pem").read_bytes()


def test_it_lies_where_the_setting_says(tmp_path):
    env = {"DATA_DIR": str(tmp_path), "SHOUWANG_VAPID_FILE": str(tmp_path / "push.key")}
    assert config.settings(env)["VAPID_KEY"] == (tmp_path / "push.key").read_bytes()


def test_nobody_else_on_the_machine_reads_it(tmp_path):
    config.settings({"DATA_DIR": str(tmp_path)})
    assert stat.S_IMODE(os.stat(tmp_path / "vapid.pem").st_mode) == 0o600


def test_processes_that_start_together_have_the_same(tmp_path):
    with ThreadPoolExecutor(16) as starting:
        keys = list(starting.map(lambda _n: config.vapid_key({}, tmp_path), range(64)))
    assert len(set(keys)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["vapid.pem"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (None, ()),
        ("", ()),
        (" Push.Example.cn , localhost:8443,", ("push.example.cn", "localhost:8443")),
    ],
)
def test_hosts_are_read_from_a_list_with_commas(tmp_path, written, read):
    env = {"DATA_DIR": str(tmp_path)} | ({"SHOUWANG_PUSH_HOSTS": written} if written else {})
    assert config.settings(env)["PUSH_HOSTS"] == read
