import type { OtlpOptions } from '../../telemetry/otlpExporter.ts';
import { Telemetry } from '../../telemetry/telemetry.ts';
import type { CommandContext } from './context.ts';
import { UsageError } from './usageError.ts';

/** What --otlp asks for; null without it. */
export const openTelemetry = (
  { options, environment }: CommandContext,
  parts: Pick<OtlpOptions, 'families' | 'log' | 'now' | 'outlet' | 'version'>,
): Telemetry | null => {
  const url = options.otlp;
  if (url === undefined) return null;
  const resource = { 'service.name': environment['OTEL_SERVICE_NAME'] || 'celery' };
  const headers = readHeaders(environment['OTEL_EXPORTER_OTLP_HEADERS'] ?? '');
  return new Telemetry({ ...parts, url, resource, headers }, options['otlp-share'] ?? 1);
};

/** `name=value,name=value`, values percent-encoded, as OpenTelemetry's own libraries read them. */
const readHeaders = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(',')
      .filter((pair) => pair.trim() !== '')
      .map((pair) => {
        const [name = '', ...value] = pair.split('=');
        if (name.trim() === '' || value.length === 0)
          throw new UsageError('OTEL_EXPORTER_OTLP_HEADERS must have the form name=value,name=value.');
        return [name.trim(), decodeURIComponent(value.join('=').trim())];
      }),
  );
