import { messageOf } from '../api/errors.ts';
import type { AmqpHost } from './amqpTarget.ts';
import { managementAddress } from './rabbitmqManagementAddress.ts';
import { HttpRefusal } from './rabbitmqManagementHttp.ts';
import { explainSocketError } from './socketErrors.ts';

/** Why the management API cannot be asked, and what to do about it. */
export const explainAbsence = (error: unknown, host: AmqpHost): string => {
  const address = managementAddress(host);
  if (typeof address === 'string') return address;
  const { url, user } = address;
  const where = `the management API at ${url.href.replace(/\/$/, '')}`;
  if (error instanceof HttpRefusal) return explainStatus(error, where, user);
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')) {
    return `${capital(where)} did not answer in time. Check whether a firewall is in the way, or set management_url.`;
  }
  if (error instanceof SyntaxError) return `${capital(where)} did not answer with JSON. Set management_url to the API.`;
  if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') {
    return `Connection refused at ${url.host}, where the management API was expected. Enable it (rabbitmq-plugins enable rabbitmq_management), or set management_url.`;
  }
  const explained = explainSocketError(error, { product: 'RabbitMQ', address: url.host, host: url.hostname });
  return explained?.message ?? `${capital(where)} cannot be used (${messageOf(error)}).`;
};

const explainStatus = ({ status, message }: HttpRefusal, where: string, user: string): string => {
  // In the words of rabbit_mgmt_util.erl: is_authorized, which come with 401.
  if (/Not management user/.test(message)) {
    return `${capital(where)} does not admit the user "${user}". Add a tag: rabbitmqctl set_user_tags ${user} monitoring.`;
  }
  if (status === 401) {
    return `${capital(where)} refused the user "${user}" or the password. If they differ from those of the broker, add them to management_url.`;
  }
  if (status === 403) return `${capital(where)} denied access to the user "${user}". Check the proxy in front of it.`;
  return `${capital(where)} answered with HTTP ${status}. Check the log of RabbitMQ, or set management_url.`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
