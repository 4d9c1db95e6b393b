/** The JobManager's side: which camera is recorded by which subtask. */
package io.gapless.source.enumerator;
