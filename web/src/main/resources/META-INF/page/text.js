/// Words and numbers as the page writes them.

const NUMBERS = new Intl.NumberFormat('en');

export const number = value => NUMBERS.format(value);

/// A number with its noun: `1 VM`, `2,000 VMs`.
export function count(value, noun, plural = noun + 's') {
  return `${number(value)} ${value === 1 ? noun : plural}`;
}

/// A share in per cent, never all when it is not and never nothing when it is something.
export function percent(part, whole) {
  if (!whole) return '0 %';
  const share = 100 * part / whole;
  if (part !== 0 && share < 0.1) return '< 0.1 %';
  if (part !== whole && share > 99.9) return '> 99.9 %';
  return `${share >= 10 ? share.toFixed(1).replace(/\.0$/, '') : share.toFixed(1)} %`;
}

export const hops = value => count(value, 'hop');

const SHOWN_MOST = 160;

/// What would change how the text around it is read, or not be seen at all.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/// Text from outside as it may be shown: what cannot be seen is spelled, and long text is cut in its middle.
export function plain(value, most = SHOWN_MOST) {
  let text = String(value ?? '');
  if (text.length > most) {
    text = text.slice(0, Math.ceil(most * 0.7)) + '…' + text.slice(-Math.floor(most * 0.25));
  }
  return text.replace(UNSEEN, found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/// Text cut to a number of characters, for where room is fixed.
export function cut(value, most) {
  const text = plain(value, 400);
  return text.length <= most ? text : text.slice(0, Math.max(1, most - 1)).trimEnd() + '…';
}

/// A word of a shell.
export function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${String(word).replaceAll("'", "'\\''")}'`;
}

/// What a rule is called where only a line is left for it.
export const ruleName = rule => rule.fw_id ?? `${rule.source_tag} → ${rule.dest_tag}`;
