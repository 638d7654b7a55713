// Everything here only smooths what already works without it.

import { watchDrafts } from './draft.js'
import { watchLive } from './live.js'
import { watchRankings } from './ranking.js'
import { watchRows } from './rows.js'
import { start } from './small.js'
import { watchUploads } from './upload.js'

document.documentElement.classList.add('js')
start()
watchRows()
watchRankings()
watchUploads()
watchDrafts()
watchLive()
