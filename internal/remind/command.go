package remind

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/misuse"
	"suqiu/internal/register"
)

type options struct {
	*cli.Invocation
	gitlab bool
	eml    string
	from   string
}

// Command is the command that reminds.
func Command(inv *cli.Invocation) *cobra.Command {
	opts := options{Invocation: inv}
	return inv.Command(cli.Command{Use: "remind", Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.BoolVar(&opts.gitlab, "gitlab", false, "在 GitLab 项目里，为有到期事项的单位建立、更新议题，没有了的关闭")
			cli.PathVar(f, &opts.eml, "eml", "", "写成邮件，一个单位一个文件，放进`目录`，由本机的邮件程序发送")
			f.StringVar(&opts.from, "from", "", "邮件的发件人`邮箱`")
		}})
}

func (o *options) run(ctx context.Context, _ []string) error {
	switch {
	case o.gitlab == (o.eml != ""):
		return misuse.New("请写明 --gitlab 或者 --eml 目录，只写一个")
	case o.eml != "" && o.from == "":
		return misuse.New("--eml 还要写明 --from 发件人的邮箱")
	case o.gitlab && (o.Forge.API == "" || o.Forge.Project == "" || o.Forge.Token == ""):
		return misuse.New("没有设置：--gitlab 要环境变量 CI_API_V4_URL、CI_PROJECT_ID（流水线自带）和 " +
			"SUQIU_REMIND_TOKEN（在“设置 → CI/CD → 变量”里写，勾选“受保护”和“隐藏”）")
	}
	d, err := o.Load(ctx)
	if err != nil {
		return err
	}
	messages, uncoded := Messages(d)
	if len(uncoded) > 0 {
		o.Note("注意：没有提醒 %s：“代码”不对，或者与别的单位相同，请按 suqiu check 的提示改好",
			strings.Join(uncoded, "、"))
	}
	if o.eml != "" {
		return o.mails(d, messages)
	}
	list, err := GitLab(ctx, o.Forge, d, messages)
	for _, done := range list {
		if done.Verb != "" {
			fmt.Fprintf(o.Stdout, "%s：%s的议题 %s\n", done.Verb, done.Unit, done.URL)
		}
		if len(done.Unknown) > 0 {
			o.Note("注意：%s 的“账号”%s 在 GitLab 上没有，请联席办核对", done.Unit, strings.Join(done.Unknown, "、"))
		}
	}
	if len(list) == 0 && err == nil {
		fmt.Fprintln(o.Stdout, "各单位的议题没有变化")
	}
	return err
}

func (o *options) mails(d *register.Register, messages []Message) error {
	files, lacking, err := Mails(o.eml, o.from, o.Now(), d, messages)
	for _, f := range files {
		fmt.Fprintf(o.Stdout, "已写：%s\n", f)
	}
	if len(lacking) > 0 {
		o.Note("注意：没有登记完整邮箱，写不了邮件：%s", strings.Join(lacking, "、"))
	}
	if len(files) == 0 && err == nil {
		fmt.Fprintf(o.Stdout, "%s 没有要提醒的单位\n", d.AsOf)
	}
	return err
}
