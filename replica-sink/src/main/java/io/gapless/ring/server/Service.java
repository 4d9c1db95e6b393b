package io.gapless.ring.server;

import java.util.concurrent.Executor;

/**
 * What all connections of a server share.
 *
 * @param disks where files are read; it may reject what it has no room for
 */
record Service(
        RingServerLimits limits,
        AccessControl access,
        Admission admission,
        RingAnswers answers,
        Executor disks) {}
