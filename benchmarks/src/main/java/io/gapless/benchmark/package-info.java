/** What single stages of the hot path cost by themselves, alone on a warm machine. */
package io.gapless.benchmark;
