/** What each stage of a connection test found, by its code. */
export const connectionTestPhrases = {
  'test.notReached': 'Not reached.',
  'test.foldersOnly': 'Not needed for folders.',
  'test.noNameServer': 'No name server answered within {waited:duration}. Check the network or the VPN.',
  'test.resolved': '{address} resolves to {found}.',
  'test.isAddress': '{address} is an address; no lookup is needed.',
  'test.listens': 'A server listens at {address}.',
  'test.noTls':
    '{address} accepts connections but does not speak TLS. Use the TLS port of {product}, or a URL without TLS.',
  'test.encrypted': 'Encrypted with {protocol}; the certificate is valid.',
  'test.plain': 'The connection is not encrypted.',
  'test.noLogin':
    '{address} did not answer within {waited:duration}. Check whether the server is overloaded or suspended.',
  'test.signedIn': 'Signed in.',
  'test.entered': 'Entered {place:phrase}.',
  'test.database': 'database {db:count}',
  'test.virtualHost': 'the virtual host "{vhost}"',
  'test.folders': 'the folders {folders}',
  'test.expectsTls': '{address} expects TLS. Start the URL with {scheme}://.',
  'test.isRabbitMq': 'RabbitMQ answers at {address} (AMQP). Use {scheme}://{address}//.',
  'test.isRedis': 'Redis answers at {address}. Use {scheme}://{address}/0.',
  'test.isHttp': 'An HTTP server answers at {address}, not a broker. Correct the port in the URL.',
  'test.subscribed': '{server} accepted the subscription to events.',
  'test.notSubscribed':
    'Events could not be subscribed to within {waited:duration}. Check whether the server is overloaded.',
  'test.pingTooSlow': 'Workers could not be pinged in time. Check whether the broker is overloaded.',
  'test.answered': ['{n:count} worker answered: {workers}.', '{n:count} workers answered: {workers}.'],
  'test.manyAnswered': '{n:count} workers answered: {workers} and {more:count} more.',
  'test.noWorker':
    'The broker is reachable, but no worker answered. Start one (celery -A yourapp worker), or check that the workers use {place:phrase}.',
} as const;
