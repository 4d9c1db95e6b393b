/**
 * The TaskManager's side: dials the cameras of a subtask and hands on what their recorders say.
 * Cameras' event loops and the task's thread meet in one place, the {@link
 * io.gapless.source.reader.EventQueue}.
 */
package io.gapless.source.reader;
