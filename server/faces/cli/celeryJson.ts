/** JSON as Python's `json.dumps` writes it, which is what Celery's own commands print. */
export const celeryJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(celeryJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, each]) => `${text(name)}: ${celeryJson(each)}`);
    return `{${members.join(', ')}}`;
  }
  return typeof value === 'string' ? text(value) : (JSON.stringify(value) ?? 'null');
};

const text = (value: string): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
