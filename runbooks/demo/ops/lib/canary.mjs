import { flagValues } from './release.mjs';
import { flagOf, servicePid, start, stop, versionOf } from './service.mjs';
import { Problem, checkedOutRelease, main, say, setSetting, settings } from './workspace.mjs';

await main(async ([share]) => {
  const shown = share ?? '';
  if (!(await flagValues()).test(shown)) {
    throw new Problem(`"${shown}" is no share that ${checkedOutRelease()} knows; v2.1.0 takes off, shadow, 1 to 100, and on. Nothing was changed.`);
  }
  const pid = servicePid();
  const version = pid && (await versionOf(pid));
  if (version && flagOf(version) === share && settings().BULK_PRICING === share && version.release === checkedOutRelease()) {
    return say(`BULK_PRICING is ${share} already: ${meaning(share)}.`);
  }
  setSetting('BULK_PRICING', share);
  say(await stop());
  say(await start());
  say(`${meaning(share)}.`);
});

function meaning(share) {
  if (share === 'off') return 'Nobody gets the new price';
  if (share === 'shadow') return 'Nobody gets the new price; both are computed and compared';
  return share === 'on' || share === '100' ? 'Every customer gets the new price' : `${share} % of the customers get the new price`;
}
