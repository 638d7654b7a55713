// The builder without page loads: every button and setting posts what it would post without a script, and the answer
// holds the pieces of the page that changed (<template data-swap="id">). Posts go one after the other, each with the
// state of the draft that the answer before it gave, so that quick hands do not take themselves for somebody else.

import Sortable from 'sortablejs/modular/sortable.core.esm.js'
import { watchSource } from './builder_source.js'
import { isWhole, watchClauses } from './builder_clauses.js'

const byId = id => document.getElementById(id)
const HEADERS = { Accept: 'text/html', 'X-Requested-With': 'fetch' }
const renamed = []
let queue = Promise.resolve()
let pointer = Promise.resolve()

// A piece is not exchanged between press and release: the click would be lost.
document.addEventListener('pointerdown', () => {
  pointer = new Promise(resolve => {
    const done = () => { setTimeout(resolve, 0) }
    document.addEventListener('pointerup', done, { once: true })
    document.addEventListener('pointercancel', done, { once: true })
  })
}, true)

function enqueue (work) {
  queue = queue.then(work).catch(() => trouble(byId('b-trouble').dataset.offline))
  return queue
}

function trouble (text) {
  const line = byId('b-trouble')
  line.textContent = text || ''
  line.hidden = !text
}

// A question whose key changed while other work waited: that work means the same question. `since` is how many had
// changed when the work came up; a later question may have the key that an earlier one gave up.
function asNow (text, since) {
  renamed.slice(since).forEach(([was, now]) => { text = text.split(' ').map(part => part === was || part.startsWith(`${was}.`) ? now + part.slice(was.length) : part).join(' ') })
  return text
}

// Settings are read when their turn comes, from the form that then stands there: it may have been exchanged meanwhile.
function post (form, extra, after) {
  const isSettings = form.id === 'settings'
  const taken = isSettings ? null : new FormData(form)
  const since = renamed.length
  return enqueue(async () => {
    const present = isSettings ? byId('settings') : form
    if (!present) return
    const given = taken || new FormData(present)
    Object.entries(extra).forEach(([name, value]) => given.set(name, value))
    for (const name of ['do', '_open', '_target', '_to']) if (given.has(name)) given.set(name, asNow(given.get(name), since))
    given.set('_lock', byId('b-head').dataset.lock)
    const fields = new URLSearchParams()
    given.forEach((value, name) => { if (typeof value === 'string') fields.append(name, value) })
    const typed = values()
    const answer = await fetch(form.getAttribute('action') || location.pathname, {
      method: 'POST', body: fields, credentials: 'same-origin', headers: HEADERS, redirect: 'error'
    })
    if (answer.status === 409) return leave(form, fields)
    if (!answer.ok && answer.status !== 422) throw new Error(`status ${answer.status}`)
    const text = await answer.text()
    await pointer
    show(text, after, typed)
  })
}

// Somebody else changed the draft: the page that shows both needs a plain post.
function leave (form, fields) {
  const plain = document.createElement('form')
  plain.method = 'post'
  plain.action = form.getAttribute('action') || location.pathname
  fields.forEach((value, name) => {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    plain.append(input)
  })
  document.body.append(plain)
  plain.submit()
}

// What stands in the settings, by id.
function values () {
  const form = byId('settings')
  const found = new Map()
  if (form) Array.from(form.elements).forEach(field => { if (field.id) found.set(field.id, valueOf(field)) })
  return found
}

function valueOf (field) { return field.type === 'checkbox' || field.type === 'radio' ? field.checked : field.value }

// What was typed while the answer was on its way goes on standing in the new fields.
function keepTyped (before, now) {
  now.forEach((value, id) => {
    const field = byId(id)
    if (!field || !before.has(id) || before.get(id) === value) return
    if (typeof value === 'boolean') field.checked = value
    else field.value = value
  })
}

function show (text, after, typed) {
  const page = new DOMParser().parseFromString(text, 'text/html')
  const news = page.querySelector('template[data-say]')
  if (!news) throw new Error('no pieces in the answer')
  const before = remember(news.dataset.open)
  const now = values()
  const same = byId('settings') && byId('settings').dataset.settings
  const since = renamed.length
  if (news.dataset.was && news.dataset.was !== news.dataset.open) renamed.push([news.dataset.was, news.dataset.open])
  page.querySelectorAll('template[data-swap]').forEach(piece => {
    const old = byId(piece.dataset.swap)
    const fresh = piece.content.firstElementChild
    if (old && fresh) old.replaceWith(document.importNode(fresh, true))
  })
  const refused = 'refused' in news.dataset
  byId('b-said').textContent = refused ? '' : news.dataset.say
  trouble(refused ? news.dataset.say : '')
  const settings = byId('settings')
  const stays = settings && asNow(same || '', since) === settings.dataset.settings
  if (typed && stays) keepTyped(typed, now)
  if (settings && !stays) before.folds = []
  restore(before)
  sortable()
  if (after) after(news.dataset.open)
  const wrong = refused && document.querySelector('#settings [aria-invalid="true"]')
  if (wrong) wrong.focus()
}

// Where the hands and eyes are: the focus, what is unfolded, and where the open card stands in the window.
function remember (opened) {
  const active = document.activeElement
  const card = opened && byId(`card-${opened}`)
  return {
    id: active && active.id,
    selection: active && 'selectionStart' in active && active.type !== 'checkbox' && active.type !== 'radio' ? safeSelection(active) : null,
    folds: Array.from(document.querySelectorAll('.b-canvas details[open]')).map(one => one.className),
    opened,
    top: card ? card.getBoundingClientRect().top : null
  }
}

function safeSelection (field) {
  try { return [field.selectionStart, field.selectionEnd] } catch (error) { return null }
}

function restore ({ id, selection, folds, opened, top }) {
  document.querySelectorAll('.b-canvas details').forEach(one => { if (folds.includes(one.className)) one.open = true })
  const card = opened && byId(`card-${opened}`)
  if (card && top !== null) window.scrollBy(0, card.getBoundingClientRect().top - top)
  const field = id && byId(id)
  if (!field || document.activeElement === field) return
  field.focus({ preventScroll: true })
  if (selection && field.setSelectionRange) try { field.setSelectionRange(...selection) } catch (error) { /* no text */ }
}

function toSettings (opened) {
  const card = byId(`card-${opened}`)
  if (!card) return
  const field = card.querySelector('#settings input:not([type=hidden]), #settings textarea, #settings select')
  card.scrollIntoView({ block: 'nearest' })
  if (!field) return
  field.focus({ preventScroll: true })
  if (field.select) field.select()
}

function mine (form) {
  return form && form.method === 'post' && (form.id === 'act' || form.closest('.b-canvas'))
}

document.addEventListener('submit', event => {
  const form = event.target
  if (!byId('canvas') || !mine(form)) return
  event.preventDefault()
  const button = event.submitter
  const extra = button && button.name ? { [button.name]: button.value } : {}
  const verb = (extra.do || '').split(' ')[0]
  const opens = ['add', 'add-section', 'duplicate'].includes(verb) || (!extra.do && form.elements._inside)
  post(form, extra, opens ? toSettings : null)
})

document.addEventListener('change', event => {
  const form = event.target.closest('form[data-settings]')
  if (!form || !isWhole(form, event.target)) return
  post(form, { do: `save ${form.dataset.settings}` })
})

document.addEventListener('click', event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
  const target = event.target.closest('a[data-target]')
  if (target) return aim(event, target)
  let link = event.target.closest('a[data-open]')
  if (!link && event.target.closest('.b-card__look') && !event.target.closest('a, button')) {
    link = event.target.closest('.b-card').querySelector('a[data-open]')
  }
  if (!link || !byId('canvas')) return
  event.preventDefault()
  const address = new URL(link.href)
  enqueue(async () => {
    const answer = await fetch(address.pathname + address.search, { credentials: 'same-origin', headers: HEADERS, redirect: 'error' })
    if (!answer.ok) throw new Error(`status ${answer.status}`)
    await pointer
    show(await answer.text(), opened => {
      if (opened) return toSettings(opened)
      const back = byId(`open-${decodeURIComponent(address.hash.slice(6))}`)
      if (back) back.focus({ preventScroll: true })
    })
    history.replaceState(null, '', address.pathname + address.search)
  })
})

// "Add a question" at a section: the toolbox puts new ones there.
function aim (event, link) {
  event.preventDefault()
  byId('act').elements._target.value = link.dataset.target
  const title = link.closest('.b-section').querySelector('h2').textContent
  const line = byId('b-target')
  line.textContent = line.dataset.text.replace('{name}', title)
  const box = byId('toolbox')
  box.scrollIntoView({ block: 'nearest' })
  box.querySelector('button').focus()
}

function sortable () {
  const move = event => {
    if (event.from === event.to && event.oldIndex === event.newIndex) return
    const { place } = event.item.dataset
    post(byId('act'), { do: `move ${place}`, _to: event.to.dataset.list || '', _index: event.newIndex })
  }
  const settings = { animation: 150, handle: '[data-grip]', draggable: 'li', onEnd: move, ghostClass: 'is-ghost', chosenClass: 'is-chosen' }
  document.querySelectorAll('[data-list]').forEach(list => {
    if (Sortable.get(list)) return
    const columns = list.classList.contains('b-list--columns')
    Sortable.create(list, { ...settings, group: columns ? `columns ${list.dataset.list}` : 'questions' })
  })
  const sections = document.querySelector('[data-sections]')
  if (sections && !Sortable.get(sections)) Sortable.create(sections, { ...settings, group: 'sections', handle: '.b-section__head [data-grip]' })
  document.querySelectorAll('[data-tools]').forEach(tools => {
    if (Sortable.get(tools)) return
    Sortable.create(tools, {
      group: { name: 'questions', pull: 'clone', put: false },
      sort: false,
      draggable: 'li',
      onEnd: event => {
        if (event.to === event.from) return
        const { kind } = event.item.dataset
        event.item.remove()
        post(byId('act'), { do: `add ${kind}`, _target: event.to.dataset.list, _index: event.newIndex }, toSettings)
      }
    })
  })
}

if (byId('canvas')) sortable()
watchClauses()
watchSource()
