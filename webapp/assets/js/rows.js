// Adds and removes repeated rows without loading the whole page anew.
//
// The buttons `_add` and `_remove` post the form and get the page back, with or without this script; with it only the
// block of rows is exchanged and the focus stays where the work is. When that fails, the plain post is made.

import { alone } from './draft.js'

async function exchange (form, button, block) {
  const body = new URLSearchParams()
  new FormData(form).forEach((value, name) => { if (typeof value === 'string') body.append(name, value) })
  body.append(button.name, button.value)
  const answer = await fetch(form.action, {
    method: 'POST', body, credentials: 'same-origin', headers: { Accept: 'text/html', 'X-Requested-With': 'fetch' }
  })
  if (answer.status === 409) throw new Error('changed elsewhere: the page that shows both texts is needed')
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = page.getElementById(block.id)
  if (!fresh) throw new Error('no rows in the answer')
  const version = page.querySelector('input[name="_version"]')
  if (version && form.elements._version) form.elements._version.value = version.value
  block.replaceWith(fresh)
  return fresh
}

export function watchRows () {
  document.addEventListener('click', async event => {
    const button = event.target.closest('button[name="_add"], button[name="_remove"]')
    const block = button && button.closest('[data-rows]')
    const form = button && button.form
    if (!block || !form || form.enctype === 'multipart/form-data') return
    event.preventDefault()
    if (block.classList.contains('is-busy')) return
    block.classList.add('is-busy')
    try {
      const fresh = await alone(form, () => exchange(form, button, block))
      const rows = fresh.querySelectorAll('.k-row')
      const last = rows[rows.length - 1]
      const target = button.name === '_add' && last
        ? last.querySelector('input:not([type=hidden]), select, textarea')
        : fresh.querySelector('[data-rows-heading]')
      if (target) target.focus()
      form.dispatchEvent(new CustomEvent('rows:changed'))
    } catch (error) {
      block.classList.remove('is-busy')
      const carrier = document.createElement('input')
      carrier.type = 'hidden'
      carrier.name = button.name
      carrier.value = button.value
      form.append(carrier)
      form.dispatchEvent(new CustomEvent('form:left')) // submit() tells nobody
      form.submit()
    }
  })
}
