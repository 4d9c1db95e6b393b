package io.gapless.media.testing.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What Jazzer calls: {@code --target_args} names a {@link FuzzTargets} and one of its targets; or
 * none, then the first byte of each input chooses one.
 */
public final class FuzzEntry {
    private static List<FuzzTarget> chosen = List.of();

    private FuzzEntry() {}

    public static void fuzzerInitialize(String[] arguments) throws ReflectiveOperationException {
        Map<String, FuzzTarget> all = load(arguments[0]).targets();
        chosen = arguments.length > 1 ? List.of(all.get(arguments[1])) : List.copyOf(all.values());
    }

    static FuzzTargets load(String name) throws ReflectiveOperationException {
        return Class.forName(name).asSubclass(FuzzTargets.class).getConstructor().newInstance();
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (chosen.size() == 1) {
            chosen.get(0).accept(input);
        } else if (input.length > 0) {
            chosen.get((input[0] & 0xFF) % chosen.size())
                    .accept(Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
