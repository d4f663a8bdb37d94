package main

import (
	"fmt"
	"sync"
	"time"

	"helm.sh/helm/v3/pkg/chartutil"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"
	"k8s.io/kubectl/pkg/validation"
)

// identity is a cluster and in whose name the worker speaks to it. All of it comes over the pipe;
// only a token that the kubelet renews is named by its file.
type identity struct {
	Server        string   `json:"server"`
	CAData        []byte   `json:"caData,omitempty"`
	Insecure      bool     `json:"insecure,omitempty"`
	TLSServerName string   `json:"tlsServerName,omitempty"`
	Token         string   `json:"token,omitempty"`
	TokenFile     string   `json:"tokenFile,omitempty"`
	Username      string   `json:"username,omitempty"`
	Password      string   `json:"password,omitempty"`
	CertData      []byte   `json:"certData,omitempty"`
	KeyData       []byte   `json:"keyData,omitempty"`
	User          string   `json:"impersonateUser,omitempty"`
	Groups        []string `json:"impersonateGroups,omitempty"`
}

// cluster is what all requests share: connections, what the server serves, its schemas.
type cluster struct {
	config    *rest.Config
	client    *kubernetes.Clientset
	discovery discovery.CachedDiscoveryInterface
	mapper    meta.ResettableRESTMapper
	lock      sync.Mutex
	factories map[string]*factory
	// By the strictness of validation.
	validators map[string]validation.Schema
	caps       *chartutil.Capabilities
	capsUntil  time.Time
}

func connect(id identity) (*cluster, error) {
	config := &rest.Config{
		Host:            id.Server,
		BearerToken:     id.Token,
		BearerTokenFile: id.TokenFile,
		Username:        id.Username,
		Password:        id.Password,
		TLSClientConfig: rest.TLSClientConfig{
			CAData: id.CAData, Insecure: id.Insecure, ServerName: id.TLSServerName,
			CertData: id.CertData, KeyData: id.KeyData,
		},
		Impersonate: rest.ImpersonationConfig{UserName: id.User, Groups: id.Groups},
		// What comes before the slash is the manager of Helm's records, as Flux names it.
		UserAgent: fieldManager + "/sluice-helm-worker",
		// The API server has its own fairness; a queue before it only hides it.
		QPS:     -1,
		Timeout: 0,
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, fmt.Errorf("the identity cannot be used: %w", err)
	}
	cached, err := newDiscovery(config)
	if err != nil {
		return nil, fmt.Errorf("the identity cannot be used: %w", err)
	}
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(cached)
	return &cluster{
		config: config, client: client, discovery: cached,
		mapper: mapper, factories: map[string]*factory{}, validators: map[string]validation.Schema{},
	}, nil
}

// factory is kubectl's factory for a namespace, which keeps the server's schemas.
func (c *cluster) factory(namespace string) *factory {
	c.lock.Lock()
	defer c.lock.Unlock()
	known, ok := c.factories[namespace]
	if !ok {
		known = &factory{cmdutil.NewFactory(&getter{c, namespace}), c}
		c.factories[namespace] = known
	}
	return known
}

// capabilities of the server, kept for a minute or until a definition is made.
func (c *cluster) capabilities() (*chartutil.Capabilities, error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.caps != nil && time.Now().Before(c.capsUntil) {
		return c.caps.Copy(), nil
	}
	c.discovery.Invalidate()
	version, err := c.discovery.ServerVersion()
	if err != nil {
		return nil, err
	}
	apis, err := apiVersions(c.discovery)
	if err != nil {
		return nil, err
	}
	c.caps = &chartutil.Capabilities{
		APIVersions: apis,
		KubeVersion: chartutil.KubeVersion{Version: version.GitVersion, Major: version.Major, Minor: version.Minor},
		HelmVersion: chartutil.DefaultCapabilities.HelmVersion,
	}
	c.capsUntil = time.Now().Add(time.Minute)
	return c.caps.Copy(), nil
}

// forget makes the next request look again at what the server serves.
func (c *cluster) forget() {
	c.lock.Lock()
	c.caps = nil
	c.factories = map[string]*factory{}
	c.validators = map[string]validation.Schema{}
	c.lock.Unlock()
	c.discovery.Invalidate()
	c.mapper.Reset()
}

// getter hands Helm the shared connections.
type getter struct {
	cluster   *cluster
	namespace string
}

var _ genericclioptions.RESTClientGetter = (*getter)(nil)

func (g *getter) ToRESTConfig() (*rest.Config, error) { return rest.CopyConfig(g.cluster.config), nil }

func (g *getter) ToDiscoveryClient() (discovery.CachedDiscoveryInterface, error) {
	return g.cluster.discovery, nil
}

func (g *getter) ToRESTMapper() (meta.RESTMapper, error) { return g.cluster.mapper, nil }

func (g *getter) ToRawKubeConfigLoader() clientcmd.ClientConfig {
	overrides := &clientcmd.ConfigOverrides{Context: clientcmdapi.Context{Namespace: g.namespace}}
	return clientcmd.NewDefaultClientConfig(*clientcmdapi.NewConfig(), overrides)
}
