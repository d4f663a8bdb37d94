package dev.sluice.sops.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * INI files: sections of keys, one comment block for each. What stands before the first section
 * belongs to {@code DEFAULT}. Metadata stands in the section {@code sops}.
 */
public final class IniFormat implements DocumentFormat {
    static final String DEFAULT_SECTION = "DEFAULT";
    private static final String SOPS = "sops";

    @Override
    public List<Branch> read(byte[] content) throws MalformedDocumentException {
        List<Member> members = new ArrayList<>();
        for (IniSection section :
                new IniReader(new String(content, StandardCharsets.UTF_8)).sections()) {
            members.add(
                    new Entry(
                            section.name(),
                            section.name().equals(SOPS) ? metadata(section) : branch(section)));
        }
        return List.of(new Branch(members));
    }

    private static Branch branch(IniSection section) {
        List<Member> members = new ArrayList<>();
        comment(section.comment(), members);
        for (IniSection.Key key : section.keys()) {
            members.add(new Entry(key.name(), Text.of(key.value())));
            comment(key.comment(), members);
        }
        return new Branch(members);
    }

    private static void comment(String text, List<Member> members) {
        if (!text.isEmpty()) {
            members.add(new Comment(text.replaceFirst("^(?:[;][; ]*|[#][# ]*)", "")));
        }
    }

    private static Branch metadata(IniSection section) throws MalformedDocumentException {
        Map<String, Leaf> flat = new LinkedHashMap<>();
        section.keys()
                .forEach(key -> flat.put(key.name(), Text.of(key.value().replace("\\n", "\n"))));
        return FlatTree.unflatten(flat);
    }

    @Override
    public byte[] write(List<Branch> documents) throws MalformedDocumentException {
        List<IniSection> sections = new ArrayList<>();
        for (Entry entry : (documents.isEmpty() ? Branch.EMPTY : documents.getFirst()).entries()) {
            if (!(entry.value() instanceof Branch branch)) {
                throw new MalformedDocumentException(
                        "INI has values in sections alone, and '" + entry.key() + "' is none");
            }
            sections.add(
                    entry.key().equals(SOPS) ? metadata(branch) : section(entry.key(), branch));
        }
        return IniWriter.write(sections).getBytes(StandardCharsets.UTF_8);
    }

    private static IniSection metadata(Branch branch) {
        IniSection section = new IniSection(SOPS, "");
        FlatTree.flatten(branch)
                .forEach((path, leaf) ->
                        section.put(path, FlatScalars.text(leaf).replace("\n", "\\n"), ""));
        return section;
    }

    /** A comment at the top is the section's, any other one belongs to the key before it. */
    private static IniSection section(String name, Branch branch)
            throws MalformedDocumentException {
        boolean commented =
                !branch.members().isEmpty() && branch.members().getFirst() instanceof Comment;
        IniSection section =
                new IniSection(
                        name,
                        commented && branch.members().getFirst() instanceof Comment comment
                                ? comment.text()
                                : "");
        for (Member member : branch.members().subList(commented ? 1 : 0, branch.members().size())) {
            switch (member) {
                case Comment comment -> section.commentLast(comment.text());
                case Entry(String key, Leaf leaf) -> section.put(key, FlatScalars.text(leaf), "");
                case Entry(String key, Value value) ->
                        throw new MalformedDocumentException(
                                "INI has no lists and maps within a section, and '"
                                        + name
                                        + "."
                                        + key
                                        + "' is one");
            }
        }
        return section;
    }
}
