"""A disk that loses its power well: the plugin of nbdkit behind bench/power_cut.

What is written lies in memory, and comes to the file IMAGE only when the file system flushes
(or forces a block through). Whoever stops this process and copies the file has what a machine
would find after a power cut. It models that nothing unflushed survives, not torn sectors.
"""

import os

import nbdkit

API_VERSION = 2
SIZE = int(os.environ["IMAGE_SIZE"])
volume, waiting = bytearray(SIZE), []
image = os.open(os.environ["IMAGE"], os.O_RDWR | os.O_CREAT, 0o600)
os.ftruncate(image, SIZE)


def thread_model():
    return nbdkit.THREAD_MODEL_SERIALIZE_ALL_REQUESTS


def open(readonly):
    return 1


def get_size(_handle):
    return SIZE


def can_flush(_handle):
    return True


def can_fua(_handle):
    return nbdkit.FUA_NATIVE


def pread(_handle, buffer, offset, _flags):
    buffer[:] = volume[offset : offset + len(buffer)]


def pwrite(handle, buffer, offset, flags):
    block = bytes(buffer)
    volume[offset : offset + len(block)] = block
    waiting.append((offset, block))
    if flags & nbdkit.FLAG_FUA:
        flush(handle, 0)


def flush(_handle, _flags):
    for offset, block in waiting:
        os.pwrite(image, block, offset)
    waiting.clear()
