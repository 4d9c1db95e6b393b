/**
 * The Flink source of camera events. A camera's way through it: the enumerator on the JobManager
 * reads the {@linkplain io.gapless.source.catalogue catalogue} and assigns a {@linkplain
 * io.gapless.source.split split} per camera to the subtask that owns its key group; the {@linkplain
 * io.gapless.source.reader reader} there dials the camera and hands on what its recorder says.
 */
package io.gapless.source;
