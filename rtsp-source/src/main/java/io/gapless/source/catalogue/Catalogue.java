package io.gapless.source.catalogue;

import io.gapless.media.CameraId;
import io.gapless.media.Origin;
import io.gapless.rtsp.CameraSettings;
import io.gapless.source.yaml.YamlException;
import io.gapless.source.yaml.YamlFile;
import io.gapless.source.yaml.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The cameras to record. Immutable; passwords that stand in the file are held, but never shown.
 *
 * <pre>{@code
 * cameras:
 *   - id: gate                        # a directory name in the archive
 *     url: rtsp://10.0.0.20/stream1   # user:password@ may stand before the host
 *     replicaUrl: rtsp://10.9.0.20/1  # where a replica dials it, if elsewhere
 *     username: viewer
 *     passwordEnv: GATE_PASSWORD      # or passwordFile, or password
 *     transport: auto                 # auto, tcp or udp
 *     audio: true
 *     metadata: skip                  # or keep: ONVIF's, which tell of motion and the like
 *     inactivityTimeout: 10 s
 *     connectTimeout: 5 s
 * }</pre>
 */
public final class Catalogue {
    private final Map<CameraId, CatalogueCamera> cameras;

    private Catalogue(Map<CameraId, CatalogueCamera> cameras) {
        this.cameras = cameras;
    }

    /**
     * Reads the file; passwords in files and environment variables are not read yet.
     *
     * @throws CatalogueException if it is not a valid catalogue
     */
    public static Catalogue read(Path file) throws CatalogueException {
        try {
            return parse(file, YamlFile.bytes(file, "the catalogue"));
        } catch (YamlException e) {
            throw new CatalogueException(e.getMessage());
        }
    }

    static Catalogue parse(Path file, byte[] bytes) throws YamlException {
        YamlMap root = YamlFile.parse(file.toString(), bytes);
        Optional<List<YamlMap>> entries = root.list("cameras", "camera");
        root.refuseUnknownKeys();
        if (entries.isEmpty()) {
            throw root.error("the key 'cameras' is missing; add it with a list of cameras");
        }
        CameraParser parser = new CameraParser(file);
        Map<CameraId, CatalogueCamera> cameras = new LinkedHashMap<>();
        for (YamlMap entry : entries.get()) {
            CatalogueCamera camera = parser.parse(entry);
            if (cameras.put(camera.id(), camera) != null) {
                throw entry.error(
                        "id",
                        "'%s' is taken by an earlier camera; rename one".formatted(camera.id()));
            }
        }
        return new Catalogue(cameras);
    }

    /** In the file's order. */
    public Collection<CatalogueCamera> cameras() {
        return List.copyOf(cameras.values());
    }

    public Optional<CatalogueCamera> camera(CameraId id) {
        return Optional.ofNullable(cameras.get(id));
    }

    /**
     * The settings of all cameras in the file's order, as the primary dials them, with passwords as
     * this host has them.
     *
     * @throws CatalogueException if this host lacks a password
     */
    public List<CameraSettings> settings() throws CatalogueException {
        return settings(System::getenv);
    }

    List<CameraSettings> settings(UnaryOperator<String> environment) throws CatalogueException {
        List<CameraSettings> settings = new ArrayList<>();
        for (CatalogueCamera camera : cameras.values()) {
            settings.add(camera.settings(Origin.PRIMARY, environment));
        }
        return settings;
    }

    @Override
    public String toString() {
        return "catalogue of %d cameras".formatted(cameras.size());
    }
}
