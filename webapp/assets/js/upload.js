// Sends files as soon as they are chosen, photos made small before, and takes them back without a new page.
//
// [data-evidence="name"][data-address] holds a list [data-files], a box [data-file-add] with the file input, and a
// line [data-file-status]; its words come in attributes. Without this script "Unggah" sends the whole form.

const LONGEST_SIDE = 1600
const WANTED_BYTES = 400 * 1024
const QUALITIES = [0.85, 0.7, 0.55, 0.4]
const STEP = 25 // a screen reader is not told every percent

const underWay = new WeakMap()

function asBlob (canvas, quality) {
  return new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', quality))
}

// Old browsers would forget which way a photo is up; they send it as it is.
async function madeSmall (file, accepted) {
  const upright = window.createImageBitmap && window.CSS && CSS.supports('image-orientation', 'from-image')
  if (!upright || file.size <= WANTED_BYTES || !/^image\/(jpeg|png|webp)$/.test(file.type) || !accepted.includes('.jpg')) return file
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    const sheet = canvas.getContext('2d')
    sheet.fillStyle = '#fff'
    sheet.fillRect(0, 0, canvas.width, canvas.height)
    sheet.drawImage(picture, 0, 0, canvas.width, canvas.height)
    let small = null
    for (const quality of QUALITIES) {
      small = await asBlob(canvas, quality)
      if (small && small.size <= WANTED_BYTES) break
    }
    return small && small.size < file.size ? new File([small], file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg' }) : file
  } catch (error) {
    return file // no picture after all: the server says so
  }
}

// Only this kind of request tells how far it has come.
function post (address, fields, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('X-Requested-With', 'fetch')
    request.upload.addEventListener('progress', event => { if (event.lengthComputable) progress(event.loaded / event.total) })
    request.addEventListener('load', () => {
      try {
        const answer = JSON.parse(request.responseText)
        if (request.status === 200) resolve(answer)
        else reject(Object.assign(new Error('refused'), { words: answer.message }))
      } catch (error) { reject(error) }
    })
    request.addEventListener('error', () => reject(new Error('no network')))
    request.send(fields)
  })
}

class Question {
  constructor (box) {
    this.box = box
    this.form = box.closest('form')
    this.list = box.querySelector('[data-files]')
    this.adding = box.querySelector('[data-file-add]')
    this.input = this.adding.querySelector('input[type=file]')
  }

  words (which, values = {}) {
    return Object.keys(values).reduce((text, name) => text.replace(`{${name}}`, values[name]), this.box.dataset[which])
  }

  say (text, wrong = false) {
    const status = this.box.querySelector('[data-file-status]')
    status.textContent = text
    status.classList.toggle('is-wrong', wrong)
  }

  fields (more) {
    const fields = new FormData()
    const { csrf_token: token, _form: version } = this.form.elements
    fields.append('csrf_token', token.value)
    if (version) fields.append('_form', version.value)
    more.forEach(([name, value, title]) => title ? fields.append(name, value, title) : fields.append(name, value))
    return fields
  }

  get room () { return Number(this.box.dataset.most) - this.list.children.length }

  async send (file) {
    if (this.room <= 0) { this.say(this.words('full'), true); return }
    const name = file.name
    const small = await madeSmall(file, this.input.accept)
    if (small.size > Number(this.box.dataset.bytes)) { this.say(this.words('large', { name }), true); return }
    let told = -1
    const tell = part => {
      const n = Math.floor(part * 100 / STEP) * STEP
      if (n !== told) this.say(this.words('sending', { name, n }))
      told = n
    }
    tell(0)
    try {
      const fields = this.fields([[this.input.name, small, small.name]])
      const answer = await post(this.box.dataset.address, fields, tell)
      const item = new DOMParser().parseFromString(answer.item, 'text/html').querySelector('li')
      const token = item.querySelector('input').value
      if (![...this.list.querySelectorAll('input')].some(one => one.value === token)) this.list.append(item)
      this.say(this.words('sent', { name: answer.name }))
      this.changed()
    } catch (error) {
      this.say(error.words || this.words('failed', { name }), true)
    }
  }

  async takeBack (button) {
    const item = button.closest('[data-file]')
    try {
      const answer = await post(this.box.dataset.address, this.fields([[button.name, button.value]]), () => {})
      item.remove()
      this.say(answer.name ? this.words('removed', { name: answer.name }) : '')
      this.changed()
      this.input.focus()
    } catch (error) {
      this.say(error.words || this.words('failed', { name: '' }), true)
    }
  }

  // Others listen for changes: the draft is saved, and questions that depend on this one are looked at.
  changed () {
    this.adding.hidden = this.room <= 0
    this.input.dispatchEvent(new Event('change', { bubbles: true }))
  }

  async sendAll (files) {
    const work = (async () => { for (const file of files) await this.send(file) })()
    const all = Promise.all([underWay.get(this.form), work])
    underWay.set(this.form, all)
    await all
    if (underWay.get(this.form) === all) underWay.delete(this.form)
  }
}

function several (input) {
  const box = input.closest('[data-evidence]')
  if (box && Number(box.dataset.most) > 1) input.multiple = true
}

export function watchUploads () {
  document.addEventListener('click', event => {
    const input = event.target.closest('[data-evidence][data-address] input[type=file]')
    if (input) several(input)
    const button = event.target.closest('button[name="_remove_file"]')
    if (!button) return
    event.preventDefault()
    new Question(button.closest('[data-evidence]')).takeBack(button)
  })
  document.addEventListener('change', event => {
    const input = event.target
    const box = input.matches('input[type=file]') && input.closest('[data-evidence][data-address]')
    if (!box || !input.files.length) return
    const files = [...input.files]
    input.value = ''
    new Question(box).sendAll(files)
  })
  // Whoever goes on while a file is still on its way waits for it.
  document.addEventListener('submit', event => {
    const work = underWay.get(event.target)
    if (!work || !event.submitter || !event.target.requestSubmit) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const { submitter } = event
    work.then(() => event.target.requestSubmit(submitter))
  }, true)
}
