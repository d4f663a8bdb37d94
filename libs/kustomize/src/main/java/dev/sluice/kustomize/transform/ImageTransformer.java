package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.fields.FieldWalker;
import dev.sluice.kustomize.fields.Fields;
import dev.sluice.kustomize.model.ImageRule;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes names, tags and digests of images: in every list called containers or initContainers,
 * wherever it is, and then in the configured fields. An image that both find is changed twice,
 * which shows with tag suffixes.
 */
public final class ImageTransformer implements Transformer {

    private final List<ImageEditor> editors = new ArrayList<>();
    private final List<FieldSpec> specs;

    public ImageTransformer(List<ImageRule> rules, List<FieldSpec> specs) {
        rules.forEach(rule -> editors.add(new ImageEditor(rule)));
        this.specs = specs;
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        for (Resource resource : resources.resources()) {
            if (!resource.kind().equals("CustomResourceDefinition")) {
                List<Node> images = new ArrayList<>();
                collect(resource.node(), images);
                FieldWalker.walkAll(resource.node(), specs, null, images::add);
                for (ImageEditor editor : editors) {
                    for (Node image : images) {
                        edit(image, editor);
                    }
                }
            }
        }
        resources.dropGone();
    }

    private static void edit(Node image, ImageEditor editor) throws BuildException {
        Fields.require(image, Kind.SCALAR);
        String value = image.value();
        if (editor.matches(value)) {
            Fields.setScalarUntagged(image, editor.edit(value));
        }
    }

    private static void collect(Node node, List<Node> images) throws BuildException {
        List<Node> content = node.content();
        if (node.isSequence()) {
            for (Node item : content) {
                collect(item, images);
            }
        } else if (node.isMapping()) {
            for (int i = 0; i + 1 < content.size(); i += 2) {
                Node value = content.get(i + 1);
                collect(value, images);
                String key = content.get(i).value();
                if (value.isSequence()
                        && (key.equals("containers") || key.equals("initContainers"))) {
                    addImages(value, images);
                }
            }
        }
    }

    private static void addImages(Node containers, List<Node> images) throws BuildException {
        for (Node container : containers.content()) {
            Node image = Fields.get(container, "image");
            if (image != null) {
                images.add(image);
            }
        }
    }
}
