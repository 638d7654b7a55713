// Compiles webapp/assets into webapp/static/dist: style sheets, scripts and icon sprites, named by content.
// manifest.json maps "app.css" to "app-1a2b3c4d5e.css"; every file also stands there gzipped for WhiteNoise.

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { compile } from 'sass'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const assets = join(root, 'webapp/assets')
const libraries = join(root, 'node_modules')
const out = join(root, 'webapp/static/dist')
const browsers = 'es2018' // Chrome 70 on an old Android phone still runs our own scripts

async function style (name) {
  const { css } = compile(join(assets, `scss/${name}.scss`), {
    loadPaths: [libraries],
    quietDeps: true
  })
  return (await transform(css, { loader: 'css', minify: true, target: 'chrome70' })).code
}

async function script (name) {
  const { outputFiles } = await build({
    entryPoints: [join(assets, `js/${name}.js`)], nodePaths: [libraries], bundle: true, minify: true, target: browsers, write: false, format: 'iife'
  })
  return outputFiles[0].text
}

// htmx stands apart: an old browser that cannot parse it still runs app.js.
function htmx () {
  return ['htmx.min.js', 'ext/hx-csp.min.js']
    .map(name => readFileSync(join(libraries, 'htmx.org/dist', name), 'utf8').replace(/\n\/\/# sourceMappingURL.*\s*$/, '\n'))
    .join('\n')
}

function symbol (id, svg) {
  const viewBox = /viewBox="([^"]+)"/.exec(svg)[1]
  const inside = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
    .replace(/<!--[\s\S]*?-->/g, '').replace(/\s*\n\s*/g, '').replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, '')
  return `<symbol id="${id}" viewBox="${viewBox}">${inside}</symbol>`
}

function sprite (list) {
  const names = readFileSync(join(assets, list), 'utf8').split('\n')
    .map(line => line.replace(/#.*/, '').trim()).filter(Boolean)
  const icons = names.map(name => symbol(name, readFileSync(join(libraries, '@tabler/icons/icons/outline', `${name}.svg`), 'utf8')))
  return `<svg xmlns="http://www.w3.org/2000/svg">${icons.join('')}</svg>`
}

const mark = readFileSync(join(root, 'reports/assets/mark.svg'), 'utf8')
const files = {
  'app.css': await style('app'),
  'public.css': await style('public'),
  'builder.css': await style('builder'),
  'app.js': await script('app'),
  'builder.js': await script('builder'),
  'htmx.js': htmx(),
  'icons.svg': sprite('icons.txt'),
  'builder.svg': sprite('icons_builder.txt'),
  'mark.svg': mark
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const manifest = {}
for (const [name, content] of Object.entries(files)) {
  const kind = extname(name)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10)
  manifest[name] = `${name.slice(0, -kind.length)}-${hash}${kind}`
  const packed = gzipSync(content, { level: 9 })
  writeFileSync(join(out, manifest[name]), content)
  writeFileSync(join(out, `${manifest[name]}.gz`), packed)
  console.log(`  ${manifest[name].padEnd(24)} ${String(Buffer.byteLength(content)).padStart(7)} bytes, ${String(packed.length).padStart(6)} gzipped`)
}
writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n')
