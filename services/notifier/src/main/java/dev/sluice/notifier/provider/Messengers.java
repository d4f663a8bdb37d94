package dev.sluice.notifier.provider;

import java.util.Optional;
import java.util.Set;

/** The kinds of services that can be told, by the types of Providers. */
public final class Messengers {

    private static final Set<String> COMMIT_STATUS =
            Set.of("github", "gitlab", "gitea", "bitbucketserver", "bitbucket", "azuredevops");
    private static final Set<String> WHOLE_EVENT = Set.of("generic", "generic-hmac", "kafka");
    private static final Set<String> CHANGE_COMMENT =
            Set.of(
                    "githubpullrequestcomment",
                    "gitlabmergerequestcomment",
                    "giteapullrequestcomment");

    private static final Set<String> KNOWS_AGAIN =
            Set.of("matrix", "pagerduty", "opsgenie", "alertmanager", "incident.io");

    private Messengers() {}

    /** Who tells that kind of service; empty where nobody can. */
    public static Optional<Messenger> of(String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "generic" -> Webhooks::generic;
                    case "generic-hmac" -> Webhooks::signed;
                    case "slack" -> Chats::slack;
                    case "discord" -> Chats::discord;
                    case "rocket" -> Chats::rocket;
                    case "msteams" -> Cards::teams;
                    case "googlechat" -> Cards::googleChat;
                    case "matrix" -> Rooms::matrix;
                    case "telegram" -> Rooms::telegram;
                    case "webex" -> Rooms::webex;
                    case "lark" -> Channels::lark;
                    case "zoom" -> Channels::zoom;
                    case "zulip" -> Channels::zulip;
                    case "pagerduty" -> Incidents::pagerDuty;
                    case "opsgenie" -> Incidents::opsgenie;
                    case "alertmanager" -> Incidents::alertmanager;
                    case "incident.io" -> Incidents::incidentIo;
                    case "grafana" -> Dashboards::grafana;
                    case "datadog" -> Dashboards::datadog;
                    case "sentry" -> Sentry::tell;
                    case "otel" -> Traces::tell;
                    case "nats" -> Nats::tell;
                    case "kafka" -> KafkaTopic::tell;
                    case "github" -> CommitStatuses::github;
                    case "gitlab" -> CommitStatuses::gitlab;
                    case "gitea" -> CommitStatuses::gitea;
                    case "githubdispatch" -> Webhooks::githubDispatch;
                    case "githubpullrequestcomment" -> ChangeComments::github;
                    case "gitlabmergerequestcomment" -> ChangeComments::gitlab;
                    case "giteapullrequestcomment" -> ChangeComments::gitea;
                    case "azureeventhub" -> EventHub::tell;
                    case "googlepubsub" -> PubSub::tell;
                    case "bitbucketserver" -> BitbucketServer::tell;
                    case "bitbucket" -> CommitStatuses::bitbucket;
                    case "azuredevops" -> CommitStatuses::azureDevOps;
                    default -> null;
                });
    }

    /** Whether services of that type show statuses of commits. */
    public static boolean setsCommitStatus(String type) {
        return COMMIT_STATUS.contains(type);
    }

    /** Whether services of that type get every event as it is, also those that move a status. */
    public static boolean takesWholeEvents(String type) {
        return WHOLE_EVENT.contains(type);
    }

    /** Whether services of that type show comments on changes, of events that name one. */
    public static boolean commentsOnChanges(String type) {
        return CHANGE_COMMENT.contains(type);
    }

    /** Whether services of that type know what they were told before, and do not show it twice. */
    public static boolean knowAgain(String type) {
        return KNOWS_AGAIN.contains(type) || setsCommitStatus(type) || commentsOnChanges(type);
    }

    static boolean isGitHub(String type) {
        return type.startsWith("github");
    }
}
