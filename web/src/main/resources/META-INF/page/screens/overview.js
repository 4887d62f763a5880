import { html, nothing } from 'lit';
import { href, withChanges } from '../address.js';
import { Call } from '../api.js';
import { condition, empty, meter, panel, removal, ruleView, shown, tagChip, vmLink } from '../parts.js';
import { downloads, pager, table } from '../tables.js';
import { count, number, percent, plain } from '../text.js';
import { Screen } from './screen.js';

/// How bad is it: counts, the most exposed VMs, and the rules that carry most.

const ROWS = 8;
const LIST_ROWS = 25;

export class OverviewScreen extends Screen {
  #environment = new Call(this);
  #report = new Call(this);
  #exposed = new Call(this);
  #widest = new Call(this);
  #outside = new Call(this);
  #carrying = new Call(this);
  #list = new Call(this);

  get order() {
    return this.get('sort') ?? 'attackers';
  }

  get listed() {
    return { tag: this.get('tag'), tag_prefix: this.get('tag_prefix'), name: this.get('name'), id: this.get('id'), min_attackers: this.get('min_attackers'), max_attackers: this.get('max_attackers'), sort: this.order, ...this.filters };
  }

  willUpdate() {
    const { epoch, filters } = this;
    const at = { epoch };
    this.#environment.ask('environment', {}, at);
    this.#report.ask('report', { limit: 0, ...filters }, at);
    this.#exposed.ask('vms', { sort: 'attackers', collapse: true, limit: ROWS, ...filters }, at);
    this.#widest.ask('vms', { sort: 'blast-radius', limit: ROWS, ...filters }, at);
    this.#carrying.ask('chokepoints', { limit: ROWS, ...filters }, at);
    this.#list.ask('vms', { ...this.listed, limit: LIST_ROWS, after: this.get('after') }, { epoch, keep: true });
    this.#outside.ask('blast-radius', { vm_id: 'internet', hops: true, sort: 'hops', limit: ROWS, ...filters }, at);
  }

  updated() {
    this.title('');
  }

  key(key) {
    this.toTable(key, this.querySelector('#vms')?.closest('section'));
  }

  #figures(environment) {
    const summary = this.#report.data?.summary;
    const figure = (value, words) => html`<li><b>${value}</b> <span>${words}</span></li>`;
    return html`<ul class="figures">
      ${figure(number(summary?.vms ?? environment.vm_count), 'VMs')}
      ${figure(number(environment.rule_count), 'rules')}
      ${figure(number(environment.tag_count), 'tags')}
      ${summary ? html`${figure(number(summary.attacked_vms), html`VMs with attackers <span class="muted">${percent(summary.attacked_vms, summary.vms)}</span>`)}
        ${figure(number(summary.median_attackers), 'median attackers of a VM')}
        ${figure(number(summary.most_attackers), 'most attackers of a VM')}` : nothing}</ul>`;
  }

  #loaded(environment) {
    const refused = environment.last_refused_load;
    const kinds = Object.entries(environment.warning_kinds ?? {});
    return html`${this.#figures(environment)}
      ${refused ? html`<p class="notice warn" role="note"><b>The input was refused at ${new Date(refused.at).toLocaleTimeString()}.</b> What was loaded before is still served.
        ${refused.problems.slice(0, 1).map(problem => html`<code>${plain(problem.file, 80)}${problem.line ? `:${problem.line}:${problem.column}` : ''}</code> ${plain(problem.what)}; ${plain(problem.remedy)}`)}</p>` : nothing}
      ${environment.shrunk ? html`<p class="notice warn" role="note"><b>A part of the input may be missing:</b> before, there were ${count(environment.shrunk.vm_count_before, 'VM')} and ${count(environment.shrunk.rule_count_before, 'rule')}.</p>` : nothing}
      <p class="muted facts"><span>Loaded ${new Date(environment.loaded_at).toLocaleString()} in ${number(Math.round(environment.load_time))} ms</span>
        <span>version <code>${environment.version.slice(0, 12)}</code></span>
        ${(environment.paths ?? []).slice(0, 3).map(path => html`<code>${plain(path, 80)}</code>`)}</p>
      ${environment.warning_count ? html`<details class="warnings"><summary>${count(environment.warning_count, 'warning')}: ${kinds.map(([kind, times]) => `${kind} ${number(times)}`).join(', ')}</summary>
        <ul>${environment.warnings.slice(0, 20).map(warning => html`<li><code>${plain(warning.file, 80)}${warning.line ? `:${warning.line}:${warning.column}` : ''}</code> ${plain(warning.what)}; ${plain(warning.remedy)}${warning.count > 1 ? html` <span class="muted">and ${number(warning.count - 1)} like it</span>` : nothing}</li>`)}</ul></details>` : nothing}`;
  }

  #histogram({ summary }) {
    const most = Math.max(...summary.histogram.map(bar => bar.vms), 1);
    const range = bar => bar.attackers_from === bar.attackers_to ? number(bar.attackers_from) : `${number(bar.attackers_from)} to ${number(bar.attackers_to)}`;
    return html`<ul class="histogram">${summary.histogram.map(bar => {
      const chosen = this.get('min_attackers') === `${bar.attackers_from}` && this.get('max_attackers') === `${bar.attackers_to}`;
      const bounds = chosen ? { min_attackers: null, max_attackers: null } : { min_attackers: bar.attackers_from, max_attackers: bar.attackers_to };
      return html`<li class=${chosen ? 'chosen' : ''}><a href=${withChanges({ ...bounds, after: null, row: null })}><span>${range(bar)}</span>${meter(bar.vms / most, 'tall')}<b>${number(bar.vms)}</b><span class="unseen">VMs; ${chosen ? 'list all' : 'list them'}</span></a></li>`;
    })}</ul>`;
  }

  #ranks(rows, size, direction) {
    const kept = rows.filter(row => row[size] > 0);
    if (!kept.length) return empty('No VM can attack another.');
    const most = kept[0][size];
    return html`<ol class="ranks">${kept.map(row => html`<li><div class="rank"><span>${vmLink(row.vm_id, row.name, { direction })}${
      row.vms > 1 ? html` <span class="muted">and ${number(row.vms - 1)} like it</span>` : nothing}</span><span class="figure"><b>${number(row[size])}</b></span></div>${meter(row[size] / most)}</li>`)}</ol>`;
  }

  #rules(data) {
    if (!data.rules.length) return empty('No rule carries an attack that another does not carry too.');
    return html`<ol class="ranks">${data.rules.map(one => html`<li><div class="rank"><span>${one.rules.map(rule => ruleView(rule))}</span>
        <span class="figure">${one.pairs_lost === undefined ? html`<span class="muted">at most</span> ${number(one.pairs_lost_at_most)}` : html`<b>${number(one.pairs_lost)}</b>`}</span></div>
      <div class="foot">${meter((one.pairs_lost ?? one.pairs_lost_at_most) / Math.max(1, data.pairs))}<a class="act" href=${href('what-if', { remove_rule: one.rules.map(removal) })}>What if</a></div></li>`)}</ol>
      ${data.truncated ? html`<p class="note">The time limit was reached; what is listed is exact.</p>` : nothing}`;
  }

  #odd({ findings }) {
    const line = (found, words, params) => found.count ? html`<li><a href=${href('rules', params)}>${count(found.count, words)}</a></li>` : nothing;
    const lines = [line(findings.unused_rules, 'unused rule', { unused: true }), line(findings.duplicate_rules, 'duplicate rule', {}), line(findings.self_rules, 'rule from a tag to itself', {})];
    const phantom = findings.phantom_tags;
    return html`<ul class="odd">${lines}${phantom.count ? html`<li>${count(phantom.count, 'tag')} in rules that no VM carries: ${phantom.tags.slice(0, 5).map(tagChip)}</li>` : nothing}
      ${findings.unused_rules.count + findings.duplicate_rules.count + findings.self_rules.count + phantom.count ? nothing : html`<li class="muted">Nothing is odd about the rules.</li>`}</ul>`;
  }

  #internet() {
    if (this.#outside.error?.kind === 'unknown-vm' || !this.#outside.data) return nothing;
    return panel('outside', 'Reachable from the internet', shown(this.#outside, (rows, answer) => rows.length
      ? html`<ol class="ranks">${rows.map(row => html`<li><div class="rank"><span>${vmLink(row.vm_id, row.name)}</span><span class="figure">${row.hops === 1 ? html`<b>direct</b>` : html`<b>${row.hops}</b> hops`}</span></div></li>`)}</ol>
        <p class="note">${count(answer.total ?? rows.length, 'VM')} in all. <a href=${href('vm', { vm_id: 'internet', direction: 'out' })}>See how it gets in</a></p>`
      : empty('The internet can attack no VM.')), { kind: 'third' });
  }

  #vms(rows, answer) {
    const columns = [
      { title: 'VM', sort: 'name', cell: row => vmLink(row.vm_id, row.name) },
      { title: 'Tags', cell: row => html`<span class="chips">${(row.tags ?? []).slice(0, 4).map(tagChip)}${row.tags?.length > 4 ? html`<span class="muted">+ ${row.tags.length - 4}</span>` : nothing}</span>` },
      { title: 'Attackers', sort: 'attackers', number: true, cell: row => number(row.attackers) },
      { title: 'Direct', sort: 'direct-attackers', number: true, cell: row => number(row.direct_attackers) },
      { title: 'Blast radius', sort: 'blast-radius', number: true, cell: row => number(row.blast_radius) }
    ];
    return rows.length ? html`${table('VMs', columns, rows, { sort: this.order })}${pager(answer, rows.length, this.params)}` : empty('No VM is like that.');
  }

  #chosen() {
    const words = { tag: 'tag', tag_prefix: 'tags that start with', name: 'name holds', id: 'id holds', min_attackers: 'attackers from', max_attackers: 'attackers to' };
    const chosen = Object.entries(words).filter(([name]) => this.get(name));
    return chosen.length ? chosen.map(([name, word]) => condition(`${word}:`, this.get(name), { [name]: null })) : nothing;
  }

  render() {
    return html`<h1 tabindex="-1" class="unseen">Overview</h1>
      <section class="panel plain" aria-label="Environment">${shown(this.#environment, data => this.#loaded(data))}</section>
      <div class="grid">
        ${panel('exposed', 'Most exposed', shown(this.#exposed, rows => this.#ranks(rows, 'attackers'), 8), { note: 'VMs by how many can attack them' })}
        ${panel('widest', 'Widest blast radius', shown(this.#widest, rows => this.#ranks(rows, 'blast_radius', 'out'), 8), { note: 'VMs by how many they can attack', kind: 'out' })}
        ${panel('carrying', 'Rules that carry most', shown(this.#carrying, data => this.#rules(data), 8), { note: 'Attacks between two VMs that go without the rule' })}
        ${this.#internet()}
        ${panel('histogram', 'Attackers of a VM', shown(this.#report, data => this.#histogram(data)), { note: 'How many VMs have so many', kind: this.#outside.data ? '' : 'third' })}
        ${panel('odd', 'Odd rules', shown(this.#report, data => this.#odd(data)), { note: html`<a href=${href('rules')}>All rules</a>` })}
      </div>
      ${panel('vms', 'VMs', shown(this.#list, (rows, answer) => this.#vms(rows, answer), 8), {
        kind: 'list', note: this.#chosen(), tools: downloads('vms', { ...this.listed, limit: 1000 }, 'vms')
      })}`;
  }
}

customElements.define('scan-overview', OverviewScreen);
