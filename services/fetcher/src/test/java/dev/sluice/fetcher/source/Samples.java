package dev.sluice.fetcher.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.fluxapi.source.GitRepository;

/** Objects for tests, written as they are in a cluster. */
public final class Samples {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Samples() {}

    /** A GitRepository {@code team/app}; single quotes stand for double ones. */
    public static Source<GitRepository> repository(String metadata, String spec, String status) {
        String text =
                """
                {'apiVersion':'source.toolkit.fluxcd.io/v1','kind':'GitRepository',
                 'metadata':{'name':'app','namespace':'team','uid':'u1','generation':2,'resourceVersion':'10'%s},
                 'spec':{'url':'https://example.com/app.git','interval':'1m'%s},
                 'status':{%s}}
                """
                        .formatted(metadata, spec, status);
        try {
            return SourceKind.of(GitRepository.class).read(JSON.readTree(text.replace('\'', '"')));
        } catch (Exception e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
