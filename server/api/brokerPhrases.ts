/** Why a broker cannot be reached or refuses something, and what to do. Names of products, commands and settings stay as they are. */
export const brokerPhrases = {
  'socket.noHost': 'Host {host} not found. Correct the host in the URL, or connect to the network that knows it.',
  'socket.lookupFailed': 'The name {host} could not be looked up. Check the network or the name server.',
  'socket.refused': 'Connection refused at {address}. Is {product} running there?',
  'socket.unanswered': '{address} did not answer. Check the host, the port, and any firewall or VPN in between.',
  'socket.cut': 'The connection to {product} at {address} was lost. Check whether the server is running, and its log.',
  'socket.noSocket': 'No socket at {address}. Start {product}, or correct the path in the URL.',
  'socket.noRight': 'This user may not open the socket {address}. Give it read and write permission.',
  'socket.failed': '{address} could not be reached: {reason}.',
  'tls.untrusted':
    'The certificate of {product} at {address} is not signed by a CA that this machine trusts. Add the CA file to the connection.',
  'tls.expired': 'The certificate of {product} at {address} has expired. Renew it on the server.',
  'tls.notYetValid': 'The certificate of {product} at {address} is not valid yet. Check the clocks of both machines.',
  'tls.otherHost': 'The certificate of {product} at {address} is not issued for {host}. Use a host name that it lists.',
  'tls.clientRefused':
    '{product} at {address} refused the client certificate. Add a client certificate and key that it trusts.',
  'tls.noTls': '{product} at {address} does not use TLS. Use its TLS port, or a URL without TLS.',
  'tls.failed': 'The TLS handshake with {product} at {address} failed ({code}). Check the certificates on both sides.',
  'tls.noFile': 'The certificate file {file} cannot be read. Correct its path or its permissions.',
  'connect.cancelled': 'Connecting was cancelled.',
  'connect.noUrl': 'The broker URL is empty.',
  'connect.noHost': 'The broker URL has no host.',
  'connect.noneOf': 'None of the {n:count} hosts could be used. {reasons}',
  'url.noScheme': '"{url}" is not a broker URL: it lacks "scheme://".',
  'url.notAUrl': '"{url}" is not a broker URL. Write it like Celery\'s broker_url, such as redis://localhost:6379/0.',
  'url.badHost':
    'The host and port in "{url}" are not valid. Characters such as / # ? in a password must be percent-encoded.',
  'url.badPort': 'Port {port} in "{url}" is out of range (1–65535).',
  'url.memory':
    'The memory broker exists only inside one Python process. Supported: Redis, RabbitMQ (AMQP) and filesystem.',
  'url.unsupported':
    '{transport} is not supported. Supported: Redis, RabbitMQ (AMQP) and filesystem. Everything about the code works without a connection.',
  'url.unknown': '"{scheme}" is not a broker of Celery. Supported: Redis, RabbitMQ (AMQP) and filesystem.',
  'redis.needsPassword': '{server} at {address} requires a password. Add it to the URL or the connection.',
  'redis.wrongPassword': '{server} at {address} refused the password. Correct it in the URL or the connection.',
  'redis.wrongUser':
    '{server} at {address} refused the password of the user "{user}". Correct it in the URL or the connection.',
  'sentinel.needsPassword':
    '{server} at {address} requires a password. Add it as "password" to the transport option sentinel_kwargs.',
  'sentinel.wrongPassword':
    '{server} at {address} refused the password. Correct "password" in the transport option sentinel_kwargs.',
  'redis.noDatabase': '{server} at {address} has no database {db}. Correct the number at the end of the URL.',
  'redis.full':
    'Redis at {address} has reached its memory limit (maxmemory) and refuses tasks, replies and results. Free memory there, or raise the limit.',
  'redis.notReady': '{server} at {address} is not ready: {reason} Wait a moment, or check its log.',
  'redis.wrongType': '{server} at {address} has a key of that name that is not a Celery queue. Correct the name.',
  'redis.notRedis': 'The server at {address} did not answer as Redis does: {reason}. Check that it is Redis.',
  'redis.noCommand': 'The Redis user "{user}" may not run {command}. Allow it with: ACL SETUSER {user} +{command}.',
  'redis.noSubscribe':
    'The Redis user "{user}" may not subscribe to {channel}. Allow it with: ACL SETUSER {user} &{channel}.',
  'redis.noPublish':
    'The Redis user "{user}" may not publish to {channel}. Allow it with: ACL SETUSER {user} &{channel}.',
  'redis.noKeys': 'The Redis user "{user}" may not use the keys {keys}. Allow it with: ACL SETUSER {user} ~{keys}.',
  'redis.noRight':
    'The Redis user "{user}" lacks a permission that Celeriac needs ({reason}). Add it with ACL SETUSER {user}.',
  'redis.unanswered':
    'Redis at {address} did not answer within {waited:duration}. Check whether it is overloaded or suspended, and that it is a Redis server.',
  'redis.silent':
    'Redis at {address} has been silent for {silence:duration} on an open connection. Check whether it hangs or the network is down.',
  'redis.notMaster': 'Redis at {address} is not the master yet: the sentinels are still failing over. Wait a moment.',
  'redis.noTls': '{address} accepts connections but does not use TLS. Use the TLS port of Redis, or a redis:// URL.',
  'redis.badDatabase': '"{text}" is not a Redis database. Write its number after the host, such as /0.',
  'redis.eventsTooFast':
    'Redis closed the event connection because events arrived faster than Celeriac could read them. The waiting events are lost.',
  'redis.eventsBroken':
    'Redis closed the event connection in the middle of a message, as it does when events arrive faster than they can be read. The waiting events are lost.',
  'publish.unconfirmed': 'RabbitMQ did not confirm the message within 10 s. Check whether it is overloaded.',
  'publish.alarm': 'RabbitMQ accepts no messages.',
  'publish.blocked': '{alarm:phrase} The message was not sent.',
  'publish.delayed': '{alarm:phrase} The message will be delivered when the alarm is over.',
  'sentinel.isRedis':
    'The server at {address} is a Redis, not a sentinel. Use the port of its sentinel, usually 26379, or a redis:// URL.',
  'sentinel.noMaster':
    'The sentinel at {address} knows no master named "{master}". Correct the transport option master_name.',
  'sentinel.needsMaster':
    'A sentinel:// URL needs the transport option master_name, the name of the master that the sentinels monitor.',
  'amqp.cut':
    'The connection to RabbitMQ at {address} was lost ({reason}). Check whether the server is running, and its log.',
  'amqp.closed': 'RabbitMQ at {address} closed the connection: {reason}. Check its log for the cause.',
  'amqp.silent':
    'RabbitMQ at {address} has been silent for {silence:duration}, although it should send a heartbeat every 3 s. Check the network and the server.',
  'amqp.unanswered':
    '{address} did not answer within {waited:duration}. Check the host and the port, whether RabbitMQ is overloaded, and any firewall in between.',
  'amqp.cancelled': 'Connecting to RabbitMQ at {address} was cancelled.',
  'amqp.vhostRefused':
    'RabbitMQ at {address} did not open the virtual host "{vhost}": {reason}. Ask its administrator.',
  'amqp.vhostNoRight':
    'The user "{user}" has no permissions in the virtual host "{vhost}" of RabbitMQ at {address}. Grant them with: rabbitmqctl set_permissions -p {quotedVhost} {quotedUser} <configure> <write> <read>.',
  'amqp.vhostDenied':
    'RabbitMQ at {address} did not open the virtual host "{vhost}" for the user "{user}". Check that it exists (rabbitmqctl list_vhosts) and that the user may use it.',
  'amqp.noVhost':
    'RabbitMQ at {address} has no virtual host "{vhost}". Correct the path of the broker URL, or create it with: rabbitmqctl add_vhost {quotedVhost}.',
  'amqp.noLoginMethod':
    'RabbitMQ at {address} does not offer the login method {loginMethod}. Enable it there, or choose another one with login_method.',
  'amqp.badLoginMethod':
    'The login method {loginMethod} is not supported. Use PLAIN, AMQPLAIN or EXTERNAL (a client certificate).',
  'amqp.refused': 'RabbitMQ at {address} refused the connection: {reason}.',
  'amqp.noCertificateUser':
    "RabbitMQ at {address} has no user for the client certificate. Create a user named as the certificate's subject, or add a user to the broker URL.",
  'amqp.wrongPassword':
    'RabbitMQ at {address} refused the user "{user}" or the password. Correct them in the connection.',
  'amqp.guest':
    'RabbitMQ at {address} refused the user "guest" or the password ("guest" may log in only from the server itself). Correct them in the connection.',
  'amqp.hungUp':
    '{address} closed the connection without a greeting. Check the port (amqp:// usually uses 5672, amqps:// 5671), or wait if RabbitMQ is starting.',
  'amqp.hungUpTls':
    '{address} closed the connection without a greeting. Check the port (amqps:// usually uses 5671), or wait if RabbitMQ is starting.',
  'amqp.hungUpWeb':
    '{address} closed the connection without a greeting. Port 15672 is the web page of RabbitMQ; amqp:// usually uses 5672, amqps:// 5671.',
  'amqp.notAmqp':
    'The server at {address} does not speak AMQP 0-9-1 ({reason}). Use the AMQP port of RabbitMQ in the broker URL.',
  'amqp.eventQueueDeleted':
    'The event queue of Celeriac was deleted in RabbitMQ at {address}. It is created again with the next connection.',
  'amqp.replyQueueDeleted':
    'The reply queue of Celeriac was deleted in RabbitMQ at {address}. It is created again with the next connection.',
  'amqp.alarm':
    'RabbitMQ at {address} accepts no messages ({reason}): publishing workers and apps are waiting. Free memory or disk space on the server.',
  'amqp.noTopicRight':
    'The RabbitMQ user "{user}" may not read the routing key # of the exchange "{exchange}" in the virtual host "{vhost}". Let its topic read pattern match everything: .* (rabbitmqctl set_topic_permissions).',
  'amqp.noRight':
    'The RabbitMQ user "{user}" may not {purpose}: it lacks the {right} permission on the {resource} "{name}" in the virtual host "{vhost}". Let its {right} pattern also match {pattern} (rabbitmqctl set_permissions).',
  'filesystem.ended': 'The connection to the filesystem broker has ended.',
  'filesystem.twice': 'The replies of this session are already open.',
  'filesystem.unanswered':
    'The folders of the filesystem broker at {folder} did not answer within {waited:duration}. Check whether the drive is connected.',
  'filesystem.notAFolder': '{folder} is a file, not the folder of a filesystem broker. Correct the transport options.',
  'filesystem.noFolder':
    'Folder {folder} not found. Start a worker there, or correct the transport options data_folder_in, data_folder_out and control_folder.',
  'filesystem.noRight': 'This user may not read and write {folder}. Give it both permissions.',
  'filesystem.noSpace': 'No space left for {folder}. Free disk space.',
  'filesystem.failed': '{folder} could not be used: {reason}.',
  'filesystem.badQueue': '"{queue}" cannot be a queue of the filesystem broker. Leave out the slash.',
  'filesystem.badTable':
    '{file} is not a binding table that kombu can read. Stop the workers, delete it and start them again.',
  'filesystem.contested': '{file} could not be changed: other processes overwrite it repeatedly.',
  'filesystem.unreadable': '{file} cannot be read: {reason}.',
  'queue.noFanout':
    '"{exchange}" is a fanout exchange, to which Celeriac does not send tasks. Send the task to a queue.',
  'queue.noExchange':
    'Exchange "{exchange}" not found in the virtual host "{vhost}", so the task was not sent. Correct its name, or start a worker that declares it.',
  'queue.noQueue':
    'Queue "{queue}" not found in the virtual host "{vhost}", so the task was not sent. Correct its name, or start a worker that consumes it.',
  'queue.noBinding':
    'No queue is bound to the exchange "{exchange}" with the routing key "{routingKey}" in the virtual host "{vhost}", so the task was not sent. Correct them, or start a worker that binds one.',
  'queue.nothingBound':
    'No queue is bound to the exchange "{exchange}", so the task was not sent. Start its worker first.',
  'queue.otherBindings':
    'No queue is bound to the exchange "{exchange}" with the routing key "{routingKey}", so the task was not sent. Existing routing keys: {keys}.',
  'queue.taskRefused': 'RabbitMQ refused the task: {reason}.',
  'queue.full':
    'RabbitMQ did not accept the task: the queue "{queue}" is full or cannot store it. Check its limits and its state.',
  'queue.purgeNotFound': 'Queue "{queue}" not found in the virtual host "{vhost}". Nothing was purged.',
  'queue.purgeExclusive':
    'Queue "{queue}" in the virtual host "{vhost}" is exclusive to another connection. Nothing was purged.',
  'queue.peekNotFound': 'Queue "{queue}" not found in the virtual host "{vhost}".',
  'queue.peekExclusive':
    'Queue "{queue}" in the virtual host "{vhost}" is exclusive to another connection and cannot be peeked into.',
  'queue.peekStream': 'Queue "{queue}" in the virtual host "{vhost}" is a stream and cannot be peeked into.',
  'management.nodeDown': 'The node {node} is down. Start it, or check its log.',
  'management.memoryAlarm':
    'The node {node} is running out of memory, so RabbitMQ accepts no messages: publishing workers and apps are waiting. Free memory there.',
  'management.diskAlarm':
    'The node {node} is running out of disk space, so RabbitMQ accepts no messages: publishing workers and apps are waiting. Free disk space there.',
} as const;
