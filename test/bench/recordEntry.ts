export { EMPTY_RUN, evolve, fold } from '../../src/core/run/evolve.ts';
export { latestTails } from '../../src/core/run/latestTails.ts';
export { inOrder } from '../../src/core/run/history.ts';
export { JsonlStore } from '../../src/node/record/jsonlStore.ts';
export { readWriterFile } from '../../src/node/record/readWriterFile.ts';
export { RunIndex } from '../../src/node/record/runIndex.ts';
