/** The topology, its configuration and its main class. */
package io.gapless.job;
