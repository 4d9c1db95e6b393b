/**
 * Fetches from the replicas what the archive lacks. A camera's way through it: the enumerator of
 * the recording assigns its split to a subtask; there the reader looks at its timeline again and
 * again, asks all rings for what is missing, and hands on what they have, re-timed, to an archive
 * sink of its own. The archive is the only truth: nothing here is remembered in Flink's state.
 */
package io.gapless.backfill;
