package io.gapless.job;

/**
 * What a pipeline's operators are called. The names are also their uids, by which savepoints find
 * their state, so they never change.
 *
 * @param continuity empty if there is none
 * @param slots the group of operators whose subtasks share slots
 */
record Pipeline(String source, String continuity, String sink, String slots) {
    static final Pipeline PRIMARY = new Pipeline("cameras", "continuity", "archive", "primary");
    static final Pipeline BACKFILL = new Pipeline("gaps", "", "backfill archive", "backfill");
    static final Pipeline REPLICA =
            new Pipeline("replica cameras", "replica continuity", "ring", "replica");

    private static final String COMMON_SLOTS = "default";

    /**
     * In one job with both recorders each pipeline has slots of its own; otherwise each slot takes
     * a part of every pipeline.
     */
    Pipeline in(Role role) {
        return role == Role.ALL ? this : new Pipeline(source, continuity, sink, COMMON_SLOTS);
    }
}
