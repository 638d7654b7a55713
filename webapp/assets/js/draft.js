// Saves a half-filled form by itself: on leaving a field, after three idle seconds, and when the page is left.
//
// <form data-draft="/address/for/drafts"> sends its fields there, `_version` among them, and expects
//   200 {"version": 4, "message": "Tersimpan pukul 14.32 WIB."}
//   409 {"message": "…"}  somebody else saved in between: saving by itself stops, nothing is overwritten
//   401 / 403             the session has ended
// Without a network the fields are kept on this device (data-keep="no" forbids it) and sent later.
// Words come from the server, in attributes of [data-draft-status].

const IDLE = 3000
const RETRY = 15000
const PATIENCE = 10000
const PREFIX = 'kinerja-draft:'
const drafts = new WeakMap()

function fieldsOf (form) {
  const fields = new URLSearchParams()
  new FormData(form).forEach((value, name) => { if (typeof value === 'string') fields.append(name, value) })
  return fields
}

// What the person typed, without what changes by itself.
function contentOf (form) { return contentIn(fieldsOf(form)) }

function contentIn (fields) {
  fields = new URLSearchParams(fields)
  fields.delete('_version')
  fields.delete('csrf_token')
  fields.delete('_hidden')
  return fields.toString()
}

class Draft {
  constructor (form) {
    this.form = form
    this.address = form.dataset.draft
    this.status = form.querySelector('[data-draft-status]')
    this.saved = contentOf(form)
    this.running = null // the post that is under way, if any
    this.stopped = false
    this.timer = null
    const soon = wait => { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), wait) }
    form.addEventListener('input', () => soon(IDLE))
    form.addEventListener('change', () => soon(0))
    form.addEventListener('focusout', () => soon(0))
    form.addEventListener('rows:changed', () => soon(0))
    form.addEventListener('submit', event => this.submit(event))
    form.addEventListener('form:left', () => { this.stopped = true; clearTimeout(this.timer) })
    window.addEventListener('pageshow', event => { if (event.persisted) this.stopped = false })
    window.addEventListener('online', () => this.save())
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') this.save(true) })
    this.sendKept()
  }

  say (text, kind) {
    if (!this.status || !text) return
    this.status.textContent = text
    this.status.classList.toggle('is-saved', kind === 'saved')
    this.status.classList.toggle('is-unsent', kind === 'unsent')
  }

  words (name) { return this.status ? this.status.dataset[name] : '' }

  async save (leaving = false) {
    clearTimeout(this.timer)
    const content = contentOf(this.form)
    if (this.stopped || content === this.saved) return
    if (this.running) { this.again = true; return }
    if (leaving) this.keep()
    await this.alone(() => this.send(content, leaving))
  }

  // Two posts of one version would take each other for strangers, so they go one after the other.
  async alone (work) {
    while (this.running) await this.running.catch(() => {})
    clearTimeout(this.timer)
    this.again = false
    this.running = work()
    try {
      return await this.running
    } finally {
      this.running = null
      if (this.again) this.save()
    }
  }

  // A save that is under way is waited for, or what was typed after it would look like a change made elsewhere.
  submit (event) {
    const { submitter } = event
    this.stopped = true
    clearTimeout(this.timer)
    if (!this.running || !submitter || !this.form.requestSubmit) { this.forget(); return }
    event.preventDefault()
    const patience = new Promise(resolve => setTimeout(resolve, PATIENCE))
    Promise.race([this.running.catch(() => {}), patience]).then(() => {
      this.running = null
      this.form.requestSubmit(submitter)
    })
  }

  async send (content, leaving) {
    try {
      const answer = await this.post(fieldsOf(this.form), leaving)
      if (answer.ok) {
        const { version, message } = await answer.json()
        this.saved = content
        this.form.elements._version.value = version
        this.forget()
        this.say(message, 'saved')
      } else {
        await this.refused(answer)
      }
    } catch (error) {
      this.keep()
      this.say(this.words(this.mayKeep() ? 'offline' : 'unsent'), 'unsent')
      this.timer = setTimeout(() => this.save(), RETRY)
    }
  }

  post (fields, leaving) {
    return fetch(this.address, {
      method: 'POST',
      body: fields,
      headers: { Accept: 'application/json', 'X-Requested-With': 'fetch' },
      credentials: 'same-origin',
      redirect: 'error', // a redirect to the sign-in page is no answer
      keepalive: leaving && fields.toString().length < 60000
    })
  }

  async refused (answer) {
    this.keep()
    if (answer.status >= 500 || answer.status === 429) {
      this.timer = setTimeout(() => this.save(), RETRY)
      this.say(this.words('unsent'), 'unsent')
      return
    }
    this.stopped = true
    let message = answer.status === 401 || answer.status === 403 ? this.words('ended') : this.words('unsent')
    try { message = (await answer.json()).message || message } catch (error) { /* no JSON: the words of the page do */ }
    this.say(message, 'unsent')
  }

  mayKeep () { return this.form.dataset.keep !== 'no' }

  keep () {
    if (!this.mayKeep()) return
    try {
      localStorage.setItem(PREFIX + this.address, fieldsOf(this.form).toString())
    } catch (error) { /* the device's store is full or closed; the page itself still holds the fields */ }
  }

  forget () {
    try { localStorage.removeItem(PREFIX + this.address) } catch (error) { /* closed store: nothing was kept */ }
  }

  // Fields left on this device by an earlier visit: the server decides by their version whether they still fit.
  async sendKept () {
    let kept = null
    try { kept = localStorage.getItem(PREFIX + this.address) } catch (error) { return }
    if (!kept) return
    const fields = new URLSearchParams(kept)
    if (contentIn(fields) === this.saved) { this.forget(); return } // it had arrived after all
    const token = this.form.elements.csrf_token
    if (token) fields.set('csrf_token', token.value)
    try {
      const answer = await this.post(fields, false)
      if (answer.ok) {
        this.forget()
        this.stopped = true
        location.reload()
      } else if (answer.status === 409) {
        this.offerKept(fields)
      }
    } catch (error) {
      this.say(this.words('offline'), 'unsent')
    }
  }

  // The draft went on elsewhere. The old fields can still be handed to the page that shows both texts.
  offerKept (fields) {
    this.say(this.words('stale'), 'unsent')
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'k-button-link'
    button.textContent = this.words('compare')
    button.addEventListener('click', () => {
      const form = document.createElement('form')
      form.method = 'post'
      form.action = this.form.action
      fields.append(this.form.dataset.saveName || '_save', '1')
      fields.forEach((value, name) => {
        const input = document.createElement('input')
        input.type = 'hidden'
        input.name = name
        input.value = value
        form.append(input)
      })
      document.body.append(form)
      this.stopped = true
      this.forget()
      form.submit()
    })
    if (this.status) this.status.append(' ', button)
  }
}

// Post a form without a save of its draft in between.
export function alone (form, work) {
  const draft = drafts.get(form)
  return draft ? draft.alone(work) : work()
}

export function watchDrafts () {
  document.querySelectorAll('form[data-draft]').forEach(form => drafts.set(form, new Draft(form)))
  // Whoever signs out leaves no half-written text on a shared phone.
  document.addEventListener('submit', event => {
    if (!event.target.matches('[data-sign-out]')) return
    try {
      Object.keys(localStorage).filter(name => name.startsWith(PREFIX)).forEach(name => localStorage.removeItem(name))
    } catch (error) { /* closed store: nothing was kept */ }
  })
}
