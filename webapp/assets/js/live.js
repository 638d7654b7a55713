// Shows and hides questions while a person answers, as the server says; the rules live there alone.
//
// <form data-live="/address" data-live-names="status weight"> sends its fields there when one of these questions
// (or columns) changes, and expects {"hidden": [names], "computed": {name: text}, "withheld": {name: [options]},
// "required": {name: true}}. Each question stands in [data-field="name"]. Without a network the page stays as it is
// and the server has the last word when the form is sent.

const WAIT = 250

class Live {
  constructor (form) {
    this.form = form
    this.names = new Set(form.dataset.liveNames.split(' '))
    this.asked = 0
    const soon = event => {
      const name = event.target && event.target.name
      if (!name || !name.split('-').some(part => this.names.has(part))) return
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.ask(), WAIT)
    }
    form.addEventListener('input', soon)
    form.addEventListener('change', soon)
    form.addEventListener('rows:changed', () => this.ask())
  }

  async ask () {
    const turn = ++this.asked
    const fields = new URLSearchParams()
    new FormData(this.form).forEach((value, name) => { if (typeof value === 'string') fields.append(name, value) })
    try {
      const answer = await fetch(this.form.dataset.live, {
        method: 'POST',
        body: fields,
        credentials: 'same-origin',
        headers: { Accept: 'application/json', 'X-CSRFToken': fields.get('csrf_token') || '' }
      })
      if (answer.ok && turn === this.asked) this.show(await answer.json())
    } catch (error) { /* no network: the next change asks again */ }
  }

  show ({ hidden, computed, withheld, required }) {
    const away = new Set(hidden)
    this.form.querySelectorAll('[data-field]').forEach(box => {
      const name = box.dataset.field
      box.hidden = away.has(name)
      if (name in required) box.querySelectorAll('.k-optional').forEach(one => { one.hidden = required[name] })
      if (name in computed) box.querySelectorAll('output').forEach(one => { one.textContent = computed[name] })
      if (name in withheld) this.withhold(box, new Set(withheld[name]))
    })
    this.form.querySelectorAll('[data-section]').forEach(section => {
      const questions = section.querySelectorAll('[data-field]')
      section.hidden = questions.length > 0 && Array.from(questions).every(one => one.hidden)
    })
    const field = this.form.elements._hidden
    if (field) field.value = hidden.join(' ')
  }

  withhold (box, options) {
    box.querySelectorAll('[data-option]').forEach(one => {
      one.hidden = options.has(one.dataset.option)
      if ('disabled' in one) one.disabled = one.hidden
    })
  }
}

export function watchLive () {
  document.querySelectorAll('form[data-live]').forEach(form => new Live(form))
}
