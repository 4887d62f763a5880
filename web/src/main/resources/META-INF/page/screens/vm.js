import { html, nothing, svg } from 'lit';
import { change, go, href, withChanges } from '../address.js';
import { Call, address, fetchAnswer, save } from '../api.js';
import { command, copyMenu } from '../copy.js';
import { condition, empty, failure, idleRules, panel, ruleView, rulesView, shown, tagChip, vmLink, vmName } from '../parts.js';
import { COLUMNS_MOST, GROUPS_MOST, layout, nameOfGroup } from '../picture/layout.js';
import '../picture/picture.js';
import { PAGE_ROWS, downloads, pager, table } from '../tables.js';
import { count, hops, number, percent, plain, quoted } from '../text.js';
import { Screen } from './screen.js';
import { closing, groupPanel } from './vm-panels.js';

/// One VM: how many can attack it, how they get in, and what stops them; or forwards, whom it can attack.

const NAMED_MOST = 100;
/// Of each edge; so many are told where it is picked.
const RULES_MOST = 4;

/// What cards may have in common.
const KEYS = [['', 'what fits the size'], ['tag', 'tag'], ['tag-start', 'start of tag'], ['scope', 'account'], ['kind', 'kind'], ['vm', 'nothing: single VMs']];

export class VmScreen extends Screen {
  #vm = new Call(this);
  #surface = new Call(this);
  #closing = new Call(this);
  #list = new Call(this);
  #names = new Call(this);
  #path = new Call(this);
  #why = new Call(this);
  #other = new Call(this);

  get who() {
    return { vm_id: this.get('vm_id'), name: this.get('vm_id') ? null : this.get('name') };
  }

  get direction() {
    return this.get('direction') === 'out' ? 'out' : 'in';
  }

  /// What the cards have in common. A path is lit by the tags of its VMs, or by the VMs themselves.
  get by() {
    return this.coarse ? 'tag' : this.get('by', 'auto');
  }

  /// What the picture is drawn of; `open` is the hop whose other groups are shown, and from which on.
  get pictured() {
    const [hop, start] = (this.get('open') ?? '').split(':');
    return {
      ...this.who, direction: this.direction === 'out' ? 'out' : null, by: this.by, max_hops: this.get('max_hops'), ...this.filters,
      per_hop: GROUPS_MOST, columns: COLUMNS_MOST, rules: RULES_MOST, hop, hop_start: hop && start
    };
  }

  get listOf() {
    const path = this.direction === 'in' ? 'attack' : 'blast-radius';
    return [path, { ...this.who, hops: true, why: true, sort: this.get('sort', 'hops'), max_hops: this.get('max_hops'), group: this.get('group'), ...this.filters }];
  }

  willUpdate() {
    const { who, direction, filters, epoch } = this;
    if (!who.vm_id && !who.name) return;
    this.#vm.ask('vm', { ...who, ...filters }, { epoch });
    this.coarse = this.get('lit') !== null && (this.coarse || ['tag-start', 'scope', 'kind'].includes(this.#surface.data?.by));
    this.#surface.ask('surface', this.pictured, { epoch, keep: true });
    const vmId = this.#vm.data?.vm_id;
    if (direction === 'in') this.#closing.ask('chokepoints', { ...who, ...filters, limit: 8 }, { epoch });
    const [path, params] = this.listOf;
    this.#list.ask(path, { ...params, limit: PAGE_ROWS, after: this.get('after') }, { epoch, keep: true });
    const total = this.#surface.data?.total;
    if (total > 0 && total <= NAMED_MOST) this.#names.ask(path, { ...params, why: null, group: null, sort: null, limit: NAMED_MOST }, { epoch, keep: true });
    else this.#names.clear();
    const far = this.get('lit');
    if (far && vmId) this.#path.ask('path', { ...(direction === 'in' ? { from: far, to: vmId } : { from: vmId, to: far }), ...filters }, { epoch, keep: true });
    else this.#path.clear();
    if (total === 0 && vmId) this.#askWhy(vmId);
  }

  /// No VM attacks it: of any other VM the service says why there is no path.
  #askWhy(vmId) {
    this.#other.ask('vms', { limit: 2 }, { epoch: this.epoch });
    const other = this.#other.data?.find(vm => vm.vm_id !== vmId);
    if (!other) return;
    const ends = this.direction === 'in' ? { from: other.vm_id, to: vmId } : { from: vmId, to: other.vm_id };
    this.#why.ask('path', { ...ends, ...this.filters }, { epoch: this.epoch });
  }

  updated() {
    const vm = this.#vm.data;
    this.title(vm ? plain(vm.name ?? vm.vm_id, 60) : 'VM');
  }

  key(key) {
    const vmId = this.#vm.data?.vm_id;
    if (!vmId) return;
    const picked = this.#picked();
    const far = picked?.sample[0] ?? this.get('lit');
    const to = {
      p: href('path', this.direction === 'in' ? { from: far, to: vmId } : { from: vmId, to: far }),
      w: href('what-if', { vm_id: vmId }),
      d: withChanges({ direction: this.direction === 'in' ? 'out' : null, after: null, row: null, pick: null, lit: null, open: null, group: null, sort: null })
    }[key];
    if (to) go(to);
    if (key === 't') {
      this.toTable(key, this.querySelector('#list').closest('section'));
    }
    if (key === 'Escape' && (picked || this.get('lit'))) change({ pick: null, lit: null });
    if (key.startsWith('Arrow') && !this.contains(document.activeElement)) this.querySelector('scan-picture')?.focusCard();
  }

  #picked() {
    const id = this.get('pick');
    if (!id || !this.#surface.data) return null;
    return layout(this.#surface.data).columns.flatMap(column => column.cards).find(card => card.id === id) ?? null;
  }

  get names() {
    return new Map((this.#names.data ?? []).map(vm => [vm.vm_id, vm.name]));
  }

  #heading() {
    const vm = this.#vm.data;
    if (!vm) return this.#vm.error ? html`<h1 tabindex="-1">${plain(this.get('name') ?? this.get('vm_id'), 80)}</h1>${failure(this.#vm)}` : html`<h1 tabindex="-1"><bdi>${plain(this.get('name') ?? this.get('vm_id'), 80)}</bdi></h1>`;
    const flip = direction => withChanges({ direction: direction === 'in' ? null : 'out', after: null, row: null, pick: null, lit: null, open: null, group: null, sort: null });
    return html`<div class="title"><div>
        <h1 tabindex="-1"><bdi>${plain(vm.name ?? vm.vm_id, 80)}</bdi>${vm.name ? html` <bdi class="id">${plain(vm.vm_id, 80)}</bdi>` : nothing}</h1>
        <p class="facts">${vm.kind && vm.kind !== 'vm' ? html`<span class="badge">${plain(vm.kind, 40)}</span>` : nothing}
          ${vm.scope ? html`<span class="muted">${plain(vm.scope, 100)}</span>` : nothing}
          ${(vm.addresses ?? []).slice(0, 4).map(one => html`<code>${plain(one, 50)}</code>`)}
          <span class="chips">${vm.tags.slice(0, 12).map(tagChip)}${vm.tags.length > 12 ? html`<span class="muted">+ ${number(vm.tags.length - 12)} tags</span>` : nothing}${vm.tags.length ? nothing : html`<span class="muted">no tags</span>`}</span></p></div>
      <div class="tools"><nav class="switch" aria-label="Direction"><a href=${flip('in')} aria-current=${this.direction === 'in' ? 'true' : nothing}>Who can attack it</a><a
          href=${flip('out')} aria-current=${this.direction === 'out' ? 'true' : nothing}>Whom it can attack</a></nav>
        ${this.#copy(vm)}</div></div>`;
  }

  #copy(vm) {
    const params = { vm_id: vm.vm_id, direction: this.direction === 'out' ? 'out' : null, by: this.get('by'), max_hops: this.get('max_hops'), ...this.filters };
    const as = accept => async () => (await fetchAnswer('surface', params, { accept })).text();
    return copyMenu([
      ['Link', () => location.href],
      ['Command', () => command('surface', [vm.vm_id], { ...params, vm_id: null })],
      ['curl', () => `curl ${quoted(address('surface', params))}`],
      ['JSON', as('application/json')],
      ['Mermaid', as('text/vnd.mermaid')],
      ['SVG', () => this.querySelector('scan-picture')?.drawing() ?? Promise.reject(new Error('There is no picture'))]
    ]);
  }

  #verdict(surface) {
    const inwards = this.direction === 'in';
    const vm = this.#vm.data;
    const parts = (surface.columns ?? []).filter(column => column.vms).map(column => [column.hop_from, column.vms, column.hop_to > column.hop_from]);
    const direct = surface.columns?.[0]?.hop_from === 1 ? surface.columns[0].vms : 0;
    const words = (hop, onward) => onward ? `${hop} or more hops` : hop === 1 ? 'direct' : hops(hop);
    let at = 0;
    const bars = parts.map(([hop, vms], index) => {
      const width = surface.total ? 1000 * vms / surface.total : 0;
      const bar = svg`<rect class="hop${hop}" x=${at.toFixed(1)} width=${Math.max(2, index < parts.length - 1 ? width - 2 : width).toFixed(1)} height="16"></rect>`;
      at += width;
      return bar;
    });
    return html`<div class="verdict"><p class="big">${number(surface.total)}</p>
      <div class="words"><p class="says">${inwards ? `${surface.total === 1 ? 'VM' : 'VMs'} can attack it` : `${surface.total === 1 ? 'VM' : 'VMs'} it can attack`}</p>
        <p class="muted">${surface.total ? html`${number(direct)} directly${surface.hops > 1 ? html`, the farthest in ${hops(surface.hops)}` : nothing}` : inwards ? 'No attacker has a way in' : 'It has no way on'}${
          inwards && vm && vm.internet !== undefined ? vm.internet === null ? html` · not from the internet` : html` · <b class="outside">from the internet in ${hops(vm.internet)}</b>` : nothing}</p></div>
      ${surface.total ? html`<div class="shares"><svg viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
        <ul>${parts.map(([hop, vms, onward]) => html`<li class="hop${hop}"><i></i>${words(hop, onward)} <b>${number(vms)}</b> <span class="muted">${percent(vms, surface.total)}</span></li>`)}</ul></div>` : nothing}
    </div>`;
  }

  #nothing(surface) {
    const why = this.#why.data?.unreachable;
    const end = this.direction === 'in' ? why?.target : why?.source;
    const tags = this.#vm.data?.tags ?? [];
    return html`<div class="body"><p class="empty">${!end ? 'Nothing leads here.' : end.idle_rule_count
      ? html`${count(end.idle_rule_count, 'rule')} ${end.idle_rule_count === 1
        ? surface.direction === 'in' ? 'ends at one of its tags, but lets no other VM in' : 'starts at one of its tags, but leads to no other VM'
        : surface.direction === 'in' ? 'end at its tags, but none lets another VM in' : 'start at its tags, but none leads to another VM'}:`
      : tags.length ? `No rule ${surface.direction === 'in' ? 'ends at' : 'starts from'} one of its tags.` : 'It carries no tag, and rules are from tag to tag.'}</p>
      ${idleRules(end)}</div>`;
  }

  #picture(surface) {
    if (!surface.groups.length) return this.#nothing(surface);
    return html`<scan-picture .surface=${surface} .vm=${this.#vm.data ?? surface} .names=${this.names}
        .path=${this.#path.data} .selected=${this.get('pick')}
        @pick=${event => change({ pick: event.detail?.id, lit: null })}
        @open=${event => change({ open: `${event.detail.hop}:${event.detail.start}`, pick: null })}></scan-picture>`;
  }

  #cards({ by, groups }) {
    const what = { vm: 'A card is a VM', 'tag-start': 'A card is the tags that start alike', scope: 'A card is an account, project or cluster', kind: 'A card is a kind of VMs' }[by] ?? 'A card is the VMs that come in by one tag';
    return groups.some(group => group.folded_groups) ? `${what}; what has no room is one card of each hop` : what;
  }

  #keys() {
    return html`${this.get('open') ? html`<a class="act" href=${withChanges({ open: null })}>Fold again</a>` : nothing}
      <label class="by">Group by<select @change=${event => change({ by: event.target.value, open: null, pick: null, group: null })}>${KEYS.map(([key, words]) =>
        html`<option value=${key} ?selected=${key === this.get('by', '')}>${words}</option>`)}</select></label>`;
  }

  #rows(rows, answer) {
    const inwards = this.direction === 'in';
    if (!rows.length) return empty(this.get('after') ? 'This page has no rows any more.' : inwards ? 'No VM can attack it.' : 'It can attack no VM.');
    const vmId = this.#vm.data?.vm_id ?? this.get('vm_id');
    const columns = [
      { title: inwards ? 'Attacker' : 'VM', sort: 'name', cell: row => vmLink(row.vm_id, row.name) },
      { title: 'Hops', sort: 'hops', number: true, cell: row => number(row.hops) },
      { title: inwards ? 'First rule' : 'Last rule', cell: row => ruleView(row.first_rule ?? row.last_rule) },
      { title: 'Path', cell: row => html`<span class="ways-on"><a href=${withChanges({ lit: row.vm_id, pick: null })}>Light</a> · <a
          href=${href('path', inwards ? { from: row.vm_id, to: vmId } : { from: vmId, to: row.vm_id })}>Hop by hop</a></span>` }
    ];
    return html`${table(inwards ? 'VMs that can attack it' : 'VMs it can attack', columns, rows, { sort: this.get('sort', 'hops') })}${pager(answer, rows.length, this.params)}`;
  }

  #groups(surface) {
    const groups = [...surface.groups].sort((a, b) => (a.hop ?? a.hop_from) - (b.hop ?? b.hop_from) || b.vms - a.vms);
    const edgesOf = id => surface.edges.filter(edge => (surface.direction === 'in' ? edge.from : edge.to) === id);
    const columns = [
      { title: 'Hops', sort: 'hops', by: group => -(group.hop ?? group.hop_from), number: true, cell: group => group.hop ?? (group.hop_from === group.hop_to ? group.hop_from : `${group.hop_from} to ${group.hop_to}`) },
      { title: 'Group', sort: 'name', by: group => group.folded_groups ? '' : nameOfGroup(group), cell: group => group.folded_groups ? html`<span class="muted">${count(group.folded_groups, 'smaller group')}</span>` : html`<bdi>${plain(nameOfGroup(group), 80)}</bdi>` },
      { title: 'VMs', sort: 'vms', by: group => group.vms, number: true, cell: group => number(group.vms) },
      { title: 'Share', number: true, cell: group => percent(group.vms, surface.total) },
      { title: 'Through', cell: group => { const found = edgesOf(group.id); return rulesView(found.flatMap(edge => edge.rules), found.reduce((sum, edge) => sum + edge.rule_count, 0), 2); } }
    ];
    return table('Groups of the picture', columns, groups, { sort: this.get('sort') });
  }

  #table() {
    const groups = this.get('table') === 'groups';
    const [path, params] = this.listOf;
    const name = this.direction === 'in' ? 'attackers' : 'blast-radius';
    const tools = html`<nav class="switch" aria-label="Rows"><a href=${withChanges({ table: null, sort: null })} aria-current=${groups ? nothing : 'true'}>VMs</a><a
        href=${withChanges({ table: 'groups', after: null, row: null, sort: null })} aria-current=${groups ? 'true' : nothing}>Groups</a></nav>
      ${groups ? downloads('surface', { ...this.who, ...this.filters, direction: this.direction === 'out' ? 'out' : null, by: this.by, limit: 500 }, 'groups') : downloads(path, params, name)}`;
    const content = groups ? shown(this.#surface, surface => this.#groups(surface)) : shown(this.#list, (rows, answer) => this.#rows(rows, answer), 8);
    const note = this.get('group') && !groups ? condition('group', this.get('group'), { group: null }) : nothing;
    return panel('list', this.direction === 'in' ? 'Attackers' : 'Blast radius', content, { tools, note, kind: 'list' });
  }

  #aside(surface) {
    const picked = this.#picked();
    const vmId = this.#vm.data?.vm_id;
    const close = () => change({ pick: null });
    const panels = [];
    if (picked && surface) {
      const picture = layout(surface);
      panels.push(groupPanel(picked, picture, { surface, names: this.names, vmId, close }));
    }
    if (this.#path.data?.reachable) panels.push(this.#litPanel(this.#path.data));
    if (this.direction === 'in') panels.push(closing(this.#closing, vmId));
    return panels.length ? html`<aside>${panels}</aside>` : nothing;
  }

  #litPanel(path) {
    const ends = { from: path.from, to: path.to };
    return panel('lit', 'Lit path', html`<ol class="steps body">${path.hops.map(hop => html`<li>${vmLink(hop.from, hop.from_name)}
        <div class="through">${rulesView(hop.rules)}</div></li>`)}<li>${vmName(path.to, path.to_name)}</li></ol>
      <p class="body"><a class="act" href=${href('path', ends)}>Other routes, and what stops it</a></p>`,
      { kind: 'lit', tools: html`<button type="button" class="plain" aria-label="Close the panel" @click=${() => change({ lit: null })}>✕</button>` });
  }

  render() {
    if (!this.who.vm_id && !this.who.name) {
      return html`<h1 tabindex="-1">VM</h1>${empty(html`Find a VM by its name or id: press <kbd>/</kbd>.`)}`;
    }
    if (this.#vm.error) return this.#heading();
    const surface = this.#surface.data;
    return html`<div class="vm-screen ${this.direction}">${this.#heading()}
      ${surface ? this.#verdict(surface) : html`<div class="verdict"></div>`}
      <div class="split"><div>${panel('picture', this.direction === 'in' ? 'How they get in' : 'How far it gets', shown(this.#surface, data => this.#picture(data), 9), {
        kind: 'picture', note: surface?.groups.length ? this.#cards(surface) : nothing, tools: surface?.groups.length ? this.#keys() : nothing
      })}${this.#table()}</div>${this.#aside(surface)}</div></div>`;
  }
}

customElements.define('scan-vm', VmScreen);
