/** What is assigned to subtasks, one split per camera, and which subtask a camera belongs to. */
package io.gapless.source.split;
