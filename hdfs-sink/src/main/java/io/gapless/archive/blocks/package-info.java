/**
 * Files of HDFS written straight from where their bytes lie: HDFS's data transfer protocol, spoken
 * by the thread that has something to write, without threads, queues or copies of its own.
 */
package io.gapless.archive.blocks;
