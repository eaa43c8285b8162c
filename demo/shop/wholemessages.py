"""kombu's folder transport shows the file of a message before its text is in it.

A worker that takes the file in between ends with "Unrecoverable error: JSONDecodeError", on a busy machine within minutes.
Here a message gets its name when it is written.
"""

import os
import uuid
from time import monotonic

from kombu.exceptions import ChannelError
from kombu.transport.filesystem import Channel
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


def put_whole(channel, queue, payload, **_options):
    name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
    draft = os.path.join(channel.data_folder_out, f".{name}.draft")
    try:
        with open(draft, "wb") as file:
            file.write(str_to_bytes(dumps(payload)))
        os.replace(draft, os.path.join(channel.data_folder_out, name))
    except OSError as error:
        raise ChannelError(f"Cannot write a message to {channel.data_folder_out}") from error


def write_whole_messages():
    Channel._put = put_whole
