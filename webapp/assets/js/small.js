// Small comforts: focus on what needs attention, no double submits, a password that can be looked at, a filter that acts.

function focusOn (selector) {
  const found = document.querySelector(selector)
  if (!found) return
  found.setAttribute('tabindex', '-1')
  found.focus()
}

function showPasswords () {
  document.querySelectorAll('[data-show-password]').forEach(button => {
    const input = document.getElementById(button.getAttribute('aria-controls'))
    button.addEventListener('click', () => {
      const shown = input.type === 'text'
      input.type = shown ? 'password' : 'text'
      button.textContent = shown ? button.dataset.show : button.dataset.hide
    })
    input.form.addEventListener('submit', () => { input.type = 'password' })
  })
}

// Only near the limit, where it helps; nothing is cut off, the server says when a text is too long.
function countCharacters () {
  document.querySelectorAll('[data-count]').forEach(note => {
    const field = document.getElementById(note.dataset.count)
    const limit = Number(note.dataset.limit)
    const show = () => {
      const left = limit - Array.from(field.value).length
      note.hidden = left > limit / 5
      note.textContent = (left < 0 ? note.dataset.over : note.dataset.text).replace('{n}', Math.abs(left))
    }
    field.addEventListener('input', show)
    show()
  })
}

// What stands beside a form is folded on phones; where there is room for it, it is open.
function openWhereWide () {
  if (!window.matchMedia('(min-width: 56em)').matches) return
  document.querySelectorAll('details[data-open-wide]').forEach((details, n) => { details.open = n === 0 })
}

export function start () {
  openWhereWide()
  focusOn('.govuk-error-summary')
  showPasswords()
  countCharacters()

  document.addEventListener('click', event => {
    // Links of the error summary lead to the field itself, not only near it.
    const link = event.target.closest('.govuk-error-summary a[href^="#"]')
    const field = link && document.getElementById(link.hash.slice(1))
    if (field) {
      event.preventDefault()
      const frame = field.closest('.govuk-form-group') || field
      frame.scrollIntoView()
      field.focus({ preventScroll: true })
    }
    // An open account menu closes when the page is clicked elsewhere.
    document.querySelectorAll('.k-account[open]').forEach(menu => { if (!menu.contains(event.target)) menu.open = false })
    if (event.target.closest('[data-print]')) window.print()
    const all = event.target.closest('[data-check-all]')
    if (all) document.querySelectorAll(`input[name="${all.dataset.checkAll}"]`).forEach(box => { box.checked = all.checked })
  })

  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return
    document.querySelectorAll('.k-account[open]').forEach(menu => { menu.open = false; menu.querySelector('summary').focus() })
  })

  // A second click within a second is the same click.
  let last = null
  document.addEventListener('submit', event => {
    if (event.defaultPrevented || event.target.method !== 'post') return
    const now = Date.now()
    if (last && last.form === event.target && now - last.at < 1000) event.preventDefault()
    else last = { form: event.target, at: now }
  })

  document.addEventListener('change', event => {
    const form = event.target.form
    if (form && form.hasAttribute('data-send-on-change')) form.submit()
  })
}
