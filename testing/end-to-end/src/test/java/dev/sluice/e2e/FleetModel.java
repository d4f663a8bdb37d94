package dev.sluice.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Git says, in the model of the test: applications with some objects each. Changed by one
 * thread only; others read copies.
 */
final class FleetModel {

    /** One object of an application. */
    record Item(String kind, String name) {}

    private final int size;
    private final Random random;
    private final List<SortedMap<Item, Integer>> applications = new ArrayList<>();
    private int values;

    FleetModel(int size, Random random) {
        this.size = size;
        this.random = random;
        for (int i = 0; i < size; i++) {
            SortedMap<Item, Integer> items =
                    new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
            items.put(new Item("ConfigMap", name(i) + "-a"), 0);
            items.put(new Item("Secret", name(i)), 0);
            items.put(new Item("Deployment", name(i)), 0);
            applications.add(items);
        }
    }

    static String name(int application) {
        return "app-" + application;
    }

    synchronized SortedMap<Item, Integer> items(int application) {
        return new TreeMap<>(applications.get(application));
    }

    /** All files of an application. */
    Map<String, String> files(int application) {
        Map<String, String> files = new HashMap<>();
        items(application)
                .forEach(
                        (item, value) -> files.put(path(application, item), manifest(item, value)));
        return files;
    }

    /** Changes, adds or removes one object of some applications; the files that differ. */
    synchronized Map<String, String> change() {
        Map<String, String> files = new HashMap<>();
        int count = 1 + random.nextInt(5);
        for (int n = 0; n < count; n++) {
            int application = random.nextInt(size);
            SortedMap<Item, Integer> items = applications.get(application);
            List<Item> all = List.copyOf(items.keySet());
            Item item = all.get(random.nextInt(all.size()));
            int what = random.nextInt(4);
            if (what == 0) {
                item = new Item("ConfigMap", name(application) + "-" + random.nextInt(6));
            }
            if (what == 1 && items.size() > 1) {
                items.remove(item);
                files.put(path(application, item), null);
            } else {
                items.put(item, ++values);
                files.put(path(application, item), manifest(item, values));
            }
        }
        return files;
    }

    private static String path(int application, Item item) {
        return "apps/"
                + application
                + '/'
                + item.kind().toLowerCase(Locale.ROOT)
                + '-'
                + item.name()
                + ".yaml";
    }

    private static String manifest(Item item, int value) {
        String head = "kind: " + item.kind() + "\nmetadata:\n  name: " + item.name() + "\n";
        return switch (item.kind()) {
            case "ConfigMap" -> "apiVersion: v1\n" + head + "data:\n  value: v" + value + "\n";
            case "Secret" -> "apiVersion: v1\n" + head + "stringData:\n  value: v" + value + "\n";
            default ->
                    "apiVersion: apps/v1\n"
                            + head
                            + "spec:\n  replicas: 0\n  selector:\n    matchLabels: {app: x}\n  template:\n    metadata:\n      labels: {app: x}\n    spec:\n      containers:\n        - name: main\n          image: example.com/x:v"
                            + value
                            + "\n";
        };
    }
}
