import { html, nothing } from 'lit';
import { href, withChanges } from '../address.js';
import { Call } from '../api.js';
import { condition, empty, origins, panel, removal, services, shown } from '../parts.js';
import { downloads, pager, table } from '../tables.js';
import { number, plain } from '../text.js';
import { Screen } from './screen.js';

/// Every rule: what it lets through, between how many VMs, and what only it allows.

const ROWS = 50;

export class RulesScreen extends Screen {
  #rules = new Call(this);
  #all = new Call(this);
  #unused = new Call(this);

  get listed() {
    return { tag: this.get('tag'), unused: this.get('unused'), sort: this.get('sort'), ...this.filters };
  }

  willUpdate() {
    const { epoch } = this;
    this.#rules.ask('rules', { ...this.listed, limit: ROWS, after: this.get('after') }, { epoch, keep: true });
    this.#all.ask('rules', { limit: 0, ...this.filters }, { epoch });
    this.#unused.ask('rules', { limit: 0, unused: true, ...this.filters }, { epoch });
  }

  updated() {
    this.title('Rules');
  }

  #table(rows, answer) {
    if (!rows.length) return empty(this.get('unused') ? 'Every rule allows an attack.' : 'No rule is like that.');
    const tag = name => html`<a href=${withChanges({ tag: name, after: null, row: null })}><bdi>${plain(name, 60)}</bdi></a>`;
    const columns = [
      { title: 'Rule', sort: 'id', cell: rule => html`<code class="fw">${rule.fw_id === null ? html`<span class="muted">no id</span>` : plain(rule.fw_id, 60)}</code>${origins(rule)}` },
      { title: 'From tag', sort: 'source-tag', cell: rule => tag(rule.source_tag) },
      { title: 'VMs', sort: 'source-vms', number: true, cell: rule => number(rule.source_vms) },
      { title: 'To tag', sort: 'dest-tag', cell: rule => tag(rule.dest_tag) },
      { title: 'VMs', sort: 'dest-vms', number: true, cell: rule => number(rule.dest_vms) },
      { title: 'Services', sort: 'services', cell: rule => html`${rule.services ? services(rule.services) : html`<span class="muted">all</span>`}${rule.assumed ? html` <span class="badge warn" title=${plain(rule.assumed)}>assumed</span>` : nothing}` },
      { title: 'Direct pairs', sort: 'pairs', number: true, cell: rule => number(rule.direct_pairs) },
      { title: 'Only by it', sort: 'only', number: true, cell: rule => rule.pairs_only_here === null ? html`<span class="muted">not counted</span>` : number(rule.pairs_only_here) },
      { title: 'Notes', cell: rule => html`${rule.used ? nothing : html`<span class="badge">unused</span> `}${rule.parallel ? html`<span class="badge">duplicate</span> ` : nothing}<a class="act" href=${href('what-if', { remove_rule: removal(rule) })}>What if</a>` }
    ];
    return html`${table('Rules', columns, rows, { sort: this.get('sort') })}${pager(answer, rows.length, this.params)}`;
  }

  render() {
    const unused = this.get('unused') === 'true';
    const tag = this.get('tag');
    const totals = call => call.answer ? ` ${number(call.answer.total)}` : '';
    return html`<div class="title"><h1 tabindex="-1">Rules</h1>
        <nav class="switch" aria-label="Which rules"><a href=${withChanges({ unused: null, after: null, row: null })} aria-current=${unused ? nothing : 'true'}>All${totals(this.#all)}</a><a
          href=${withChanges({ unused: true, after: null, row: null })} aria-current=${unused ? 'true' : nothing}>Unused${totals(this.#unused)}</a></nav></div>
      ${tag ? html`<p class="chips">${condition('from or to', tag, { tag: null })} <a href=${href('', { tag })}>VMs with this tag</a></p>` : nothing}
      ${panel('rules', 'What each lets through', shown(this.#rules, (rows, answer) => this.#table(rows, answer), 12), {
        kind: 'list', note: '“Only by it” counts direct attacks that no other rule allows', tools: downloads('rules', { ...this.listed, limit: 1000 }, 'rules')
      })}`;
  }
}

customElements.define('scan-rules', RulesScreen);
