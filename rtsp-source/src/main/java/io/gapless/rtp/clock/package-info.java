/**
 * From RTP time stamps to UTC: one {@link io.gapless.rtp.clock.SessionClock} a session, one {@link
 * io.gapless.rtp.clock.TrackClock} a track. Pure code without threads; the design and its bounds
 * are in {@code docs/design/time.md}.
 */
package io.gapless.rtp.clock;
