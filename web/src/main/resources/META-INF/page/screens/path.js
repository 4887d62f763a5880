import { html, nothing } from 'lit';
import { go, href, withChanges } from '../address.js';
import { Call, address, fetchAnswer } from '../api.js';
import { command, copyMenu } from '../copy.js';
import { condition, empty, idleRules, left, panel, realRule, removal, ruleView, shown, vmLink } from '../parts.js';
import { count, hops, number, plain, quoted } from '../text.js';
import { Screen } from './screen.js';

/// From one VM to another: yes with each hop's rules, or no with the reason.

const ROUTES = 5;
const CLOSED_MOST = 12;
const ENDS = ['from', 'to', 'from_name', 'to_name', 'from_tag', 'to_tag'];

/// The real rules of a hop, gate by gate; of an environment document there are none.
function gates(hop, to) {
  return hop.gates?.length ? html`<ul class="gates">${hop.gates.map(gate => html`<li><span class="muted">${plain(gate.name, 120)}</span>${
    gate.rules.slice(0, 6).map(rule => html`<div>${realRule(rule)} <a class="act" href=${href('what-if', { remove_rule: rule.id, vm_id: to })}>What if</a></div>`)}${
    left(gate.rules.length, 6, '', 'span')}</li>`)}</ul>` : nothing;
}

export class PathScreen extends Screen {
  #path = new Call(this);
  #closed = [];
  #explain = new Call(this);

  get conditions() {
    return { avoid_rule: this.params.getAll('avoid_rule'), avoid_tag: this.params.getAll('avoid_tag'), via: this.get('via') };
  }

  get ends() {
    return Object.fromEntries(ENDS.map(name => [name, this.get(name)]));
  }

  get complete() {
    const has = end => this.get(end) || this.get(`${end}_name`) || this.get(`${end}_tag`);
    return has('from') && has('to');
  }

  willUpdate() {
    const { epoch } = this;
    if (!this.complete) {
      this.#path.clear();
      this.#closed = [];
      return;
    }
    this.#path.ask('path', { ...this.ends, ...this.conditions, limit: ROUTES, why: true, ...this.filters }, { epoch });
    const path = this.#path.data;
    this.#askWhy(path);
    if (!path?.reachable) {
      this.#closed = [];
      return;
    }
    // What is left if the rules of a hop are closed: asked of each hop on its own.
    const route = this.#route(path);
    while (this.#closed.length < Math.min(route.length, CLOSED_MOST)) this.#closed.push(new Call(this));
    route.slice(0, CLOSED_MOST).forEach((hop, index) => {
      const ids = hop.rules.map(rule => rule.fw_id);
      const call = this.#closed[index];
      if (ids.includes(null)) call.clear();
      else call.ask('path', { ...this.ends, ...this.conditions, avoid_rule: [...new Set([...this.conditions.avoid_rule, ...ids])], ...this.filters }, { epoch });
    });
  }

  /// Of one hop, or with `explain=0` of the two ends themselves, what lets it through or blocks it.
  #askWhy(path) {
    const hop = this.get('explain');
    const step = !path || hop === null ? null : hop === '0' ? path : path.reachable ? this.#route(path)[hop - 1] : null;
    if (step?.from && step.to) this.#explain.ask('explain', { from: step.from, to: step.to, ...this.filters }, { accept: 'text/plain', epoch: this.epoch });
    else this.#explain.clear();
  }

  /// The way to an explanation, and the explanation once it is asked for.
  #why(hop, words) {
    const open = this.get('explain') === `${hop}`;
    return html`<a class="act" href=${withChanges({ explain: open ? null : hop })}>${open ? 'Fold the explanation' : words}</a>
      ${open ? shown(this.#explain, text => html`<pre class="explained" tabindex="0" aria-label="Explanation">${text.trimEnd().split('\n').map(line => plain(line, 600) + '\n')}</pre>`) : nothing}`;
  }

  updated() {
    const path = this.#path.data;
    this.title(path ? `${plain(path.from_name ?? path.from ?? '', 30)} to ${plain(path.to_name ?? path.to ?? '', 30)}` : 'Path');
  }

  #route(path) {
    const routes = path.routes ?? [{ hops: path.hops }];
    return (routes[Number(this.get('route') ?? 1) - 1] ?? routes[0]).hops;
  }

  #submit(event) {
    event.preventDefault();
    const data = new FormData(event.target);
    const end = name => {
      const text = data.get(name).trim();
      const before = this.get(name) ?? this.get(`${name}_name`) ?? (this.get(`${name}_tag`) ? `tag:${this.get(`${name}_tag`)}` : '');
      if (text === before) return { [name]: this.get(name), [`${name}_name`]: this.get(`${name}_name`), [`${name}_tag`]: this.get(`${name}_tag`) };
      return text.startsWith('tag:') ? { [`${name}_tag`]: text.slice(4) } : { [name]: text };
    };
    go(href('path', { ...end('from'), ...end('to') }));
  }

  /// What was given as an id may be a name.
  #byName() {
    const error = this.#path.error;
    if (error?.kind !== 'unknown-vm') return nothing;
    const changes = {};
    for (const end of ['from', 'to']) if (this.get(end) && error.message.includes(JSON.stringify(this.get(end)))) Object.assign(changes, { [end]: null, [`${end}_name`]: this.get(end) });
    return Object.keys(changes).length ? html`<p><a href=${withChanges(changes)}>Try it as a name</a></p>` : nothing;
  }

  #form() {
    const value = name => this.get(name) ?? this.get(`${name}_name`) ?? (this.get(`${name}_tag`) ? `tag:${this.get(`${name}_tag`)}` : '');
    const field = (name, label) => html`<label>${label}<input name=${name} required autocomplete="off" spellcheck="false" placeholder="id, or tag:NAME" .value=${value(name)}></label>`;
    const flip = { from: this.get('to'), from_name: this.get('to_name'), from_tag: this.get('to_tag'), to: this.get('from'), to_name: this.get('from_name'), to_tag: this.get('from_tag') };
    return html`<form class="ends" @submit=${event => this.#submit(event)}>${field('from', 'From')}${field('to', 'To')}<button class="main">Find a path</button>
      ${this.complete ? html`<a class="act" href=${href('path', flip)}>The other way</a>` : nothing}</form>`;
  }

  #conditions() {
    const chip = (words, name, value) => condition(words, value, { [name]: this.params.getAll(name).filter(one => one !== value), route: null, explain: null });
    const { avoid_rule: rules, avoid_tag: tags, via } = this.conditions;
    return html`${rules.map(rule => chip('without rule', 'avoid_rule', rule))}${tags.map(tag => chip('without tag', 'avoid_tag', tag))}${via ? chip('over', 'via', via) : nothing}`;
  }

  #closedView(index, hop) {
    const call = this.#closed[index];
    const ids = hop.rules.map(rule => rule.fw_id);
    if (!call || ids.includes(null)) return nothing;
    const whatIf = html`<a class="act" href=${href('what-if', { remove_rule: hop.rules.map(removal), vm_id: this.#path.data.to })}>What if</a>`;
    if (call.error) return html`<p class="close muted">Whether another way is left is not known: ${plain(call.error.message)} <button type="button" @click=${() => call.retry()}>Try again</button></p>`;
    if (!call.data) return call.slow ? html`<p class="close muted">Looking for another way …</p>` : html`<p class="close">&nbsp;</p>`;
    const words = ids.length === 1 ? 'Close this rule' : `Close these ${ids.length} rules`;
    return call.data.reachable
      ? html`<p class="close"><span class="mark no" aria-hidden="true">○</span> ${words}: still reachable in <a href=${withChanges({ avoid_rule: [...this.conditions.avoid_rule, ...ids], route: null })}>${hops(call.data.hops.length)}</a> ${whatIf}</p>`
      : html`<p class="close"><span class="mark yes" aria-hidden="true">●</span> <b>${words}: no path is left</b> ${whatIf}</p>`;
  }

  #yes(path) {
    const routes = path.routes ?? [{ hops: path.hops }];
    const chosen = Math.min(routes.length, Math.max(1, Number(this.get('route') ?? 1)));
    const route = this.#route(path);
    const other = number(path.routes_total ?? path.routes_at_least ?? routes.length);
    return html`<p class="answer yes"><b>YES</b> <span>in ${hops(route.length)}${routes.length > 1 ? `, by ${path.routes_total === null ? 'at least ' : ''}${other} shortest routes` : ''}</span></p>
      ${routes.length > 1 ? html`<nav class="switch routes" aria-label="Routes">${routes.map((_, index) => html`<a href=${withChanges({ route: index ? index + 1 : null, explain: null })} aria-current=${chosen === index + 1 ? 'true' : nothing}>Route ${index + 1}</a>`)}</nav>` : nothing}
      <ol class="hops">${route.map((hop, index) => html`<li><div class="stop">${vmLink(hop.from, hop.from_name)}</div>
        <div class="way"><p class="hopname">Hop ${index + 1}</p>${hop.rules.slice(0, 8).map(rule => ruleView(hop.gates ? { ...rule, origins: null } : rule))}${left(hop.rules.length, 8, ' rules', 'span')}
          ${gates(hop, path.to)}${this.#closedView(index, hop)}${this.#why(index + 1, 'Explain this hop')}</div></li>`)}
        <li><div class="stop end">${vmLink(route.at(-1).to, route.at(-1).to_name)}</div></li></ol>
      ${route.some(hop => hop.vms > 1) ? html`<p class="note">Other VMs could stand in for some of these: ${route.filter(hop => hop.vms > 1).map(hop => `${plain(hop.to_name ?? hop.to, 40)} or ${count(hop.vms - 1, 'VM')} like it`).join('; ')}.</p>` : nothing}
      ${path.visited_again?.length ? html`<p class="note">It comes to ${path.visited_again.map(id => plain(id, 40)).join(', ')} more than once.</p>` : nothing}`;
  }

  #no(path) {
    const why = path.unreachable ?? {};
    const { target, source } = why;
    const name = end => plain(end?.name ?? end?.vm_id ?? '', 60);
    const words = {
      nothing_ends_at_target: () => html`<li>No VM can attack ${name(target)}: no rule that another VM could use ends at one of its tags.${idleRules(target)}</li>`,
      nothing_starts_at_source: () => html`<li>${name(source)} can attack no VM: no rule that leads to another VM starts from one of its tags.${idleRules(source)}</li>`,
      nothing_between: () => html`<li>${name(source)} can attack ${count(source.victims, 'VM')}${source.most_hops ? `, the farthest in ${hops(source.most_hops)}` : ''}; ${count(target.attackers, 'VM')} can attack ${name(target)}. No VM is among both.</li>`
    };
    return html`<p class="answer no"><b>NO</b> <span>There is no path.</span></p>
      ${why.reasons ? html`<ul class="reasons">${why.reasons.map(reason => words[reason]?.() ?? html`<li>${reason}</li>`)}</ul>`
        : html`<p>${count(why.attackers ?? 0, 'VM')} can attack the one end, and ${number(why.victims ?? 0)} can be attacked from the other. No VM is among both.</p>`}
      ${why.hops_without_conditions ? html`<p>Without these conditions there is a path of ${hops(why.hops_without_conditions)}. <a href=${withChanges({ avoid_rule: null, avoid_tag: null, via: null, route: null })}>Show it</a></p>` : nothing}
      ${path.from && path.to ? this.#why(0, 'Explain what blocks it directly') : nothing}`;
  }

  #copy() {
    const params = { ...this.ends, ...this.conditions, ...this.filters };
    const end = name => this.get(`${name}_tag`) ? `tag:${this.get(`${name}_tag`)}` : this.get(name) ?? this.get(`${name}_name`);
    const as = accept => async () => (await fetchAnswer('path', { ...params, limit: ROUTES }, { accept })).text();
    return copyMenu([
      ['Link', () => location.href],
      ['Command', () => command('path', [end('from'), end('to')], { ...this.conditions, ...this.filters })],
      ['curl', () => `curl ${quoted(address('path', params))}`],
      ['JSON', as('application/json')],
      ['Text', as('text/plain')],
      ['Mermaid', as('text/vnd.mermaid')]
    ]);
  }

  render() {
    return html`<div class="title"><h1 tabindex="-1">Path</h1>${this.complete ? html`<div class="tools">${this.#copy()}</div>` : nothing}</div>
      ${this.#form()}<p class="chips">${this.#conditions()}</p>
      ${this.complete ? panel('answer', 'Can the one attack the other?', html`${shown(this.#path, path => path.reachable ? this.#yes(path) : this.#no(path), 6)}${this.#byName()}`, { kind: 'answer' })
        : empty('Name the VM that attacks and the VM that is attacked: by its id, or a group as tag:NAME.')}`;
  }
}

customElements.define('scan-path', PathScreen);
