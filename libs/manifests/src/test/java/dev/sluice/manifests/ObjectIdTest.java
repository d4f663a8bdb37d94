package dev.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectIdTest {

    @ParameterizedTest
    @CsvSource({
        "default_web_apps_Deployment, apps, Deployment, default, web",
        "default_web__Service, '', Service, default, web",
        "_shop__Namespace, '', Namespace, '', shop",
        "_system__reader_rbac.authorization.k8s.io_ClusterRole, rbac.authorization.k8s.io, ClusterRole, '', system:reader",
        "shop_lead__er__s_rbac.authorization.k8s.io_Role, rbac.authorization.k8s.io, Role, shop, lead:er:s",
    })
    void readsAndWritesInventoryIds(
            String id, String group, String kind, String namespace, String name) {
        ObjectId expected = new ObjectId(group, kind, namespace, name);

        assertThat(ObjectId.parse(id)).isEqualTo(expected);
        assertThat(expected.inventoryId()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_", "a_b", "a_b_c", "Deployment"})
    void refusesWhatIsNoInventoryId(String text) {
        assertThatThrownBy(() -> ObjectId.parse(text)).hasMessageContaining("not an inventory id");
    }

    @Test
    void isShownAsPeopleWriteIt() {
        assertThat(ObjectId.parse("shop_web_apps_Deployment").display())
                .isEqualTo("Deployment/shop/web");
        assertThat(ObjectId.parse("_shop__Namespace").display()).isEqualTo("Namespace/shop");
    }
}
