package scaffold

import (
	"context"
	"errors"
	"fmt"
)

// Begin makes the files of a new repository in dir its first commit, if that can be
// done, and says what is left to do by hand.
func Begin(ctx context.Context, environ []string, dir string, place Place, files []File, noGit bool) (steps []string,
	committed bool, err error) {
	byHand := fmt.Sprintf("在 %s 中运行：git add . && git commit -m 建立税费服务诉求和舆情分析办理库", dir)
	switch {
	case noGit:
		steps = append(steps, "建成 Git 仓库并提交")
	case !place.Git:
		steps = append(steps, "没有找到 git：请先安装 Git，再建成仓库并提交")
	case !place.Unborn:
		steps = append(steps, "仓库已有提交，没有代您提交：核对后"+byHand)
	default:
		err = commit(ctx, environ, dir, place, files)
		committed = err == nil
		if errors.Is(err, errNoIdentity) {
			err = nil
			steps = append(steps, "Git 还不知道您是谁，没有提交：运行 git config --global user.name 姓名 和 "+
				"git config --global user.email 邮箱，再"+byHand)
		}
	}
	if err != nil {
		return nil, false, fmt.Errorf("文件已写好，但没有提交成功：%w", err)
	}
	return append(steps, "在 suqiu.yaml 的“单位”里填写各单位的邮箱；核对单位、渠道和时限",
		"运行 suqiu -C "+dir+" check，没有错误即可推送到 GitLab",
		"在 GitLab 上：运行器（Runner）装好 git 和 suqiu，主分支设为受保护，新建每日定时流水线",
		"要在提交前就检查的电脑上，运行 suqiu hook install"), committed, nil
}
